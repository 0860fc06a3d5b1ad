import type { IsoDate, StopKind } from '@concord/plugin-sdk';
import { decimalFromMoney } from '../../money/domain/format-money.js';
import { heldBackBy } from '../../strategies/domain/held-back.js';
import { ofAgeOn } from '../../strategies/domain/strategy.js';
import type { Strategy, StrategyView } from '../../strategies/domain/strategy.js';

/** A debt that is owed and was never referred to anybody. */
export interface UnreferredDebt extends Omit<StrategyView, 'stops' | 'arrangedActs'> {
  readonly currency: string;
  /** Kinds of stops in force. */
  readonly stops: readonly (StopKind | 'arrangement')[];
}

/** Why nobody has it, in the order in which it is asked. */
export const UNREFERRED_CAUSES = [
  'no-strategy',
  'stopped',
  'too-small',
  'too-large',
  'debtor-kind',
  'no-address',
  'no-telephone',
  'too-young',
  'waiting',
] as const;
export type UnreferredCause = (typeof UNREFERRED_CAUSES)[number];

export interface Unreferred {
  readonly why: UnreferredCause;
  readonly explanation: string;
  /** First day on which a strategy would choose it, where time alone decides. */
  readonly choosableOn: IsoDate | null;
}

/**
 * Why a debt was never referred, by the strategies of the office as they are now: what they were on another day is not
 * kept. Those for second referrals never take it.
 *
 * @param country of the office, ISO 3166-1 alpha-2
 */
export function whyNeverReferred(
  strategies: readonly Strategy[],
  debt: UnreferredDebt,
  { asOf, country }: { readonly asOf: IsoDate; readonly country: string },
): Unreferred {
  const ofType = strategies.filter(
    (strategy) =>
      strategy.debtTypes.includes(debt.type) && (strategy.oneOf === undefined || (strategy.round ?? 1) === 1),
  );
  if (ofType.length === 0) return said('no-strategy', `no strategy makes first referrals of ${debt.type}`);
  const inTheWay = debt.stops.filter((stop) => ofType.some((strategy) => holdsBack(stop, strategy, country)));
  if (inTheWay.length > 0) return said('stopped', `held back by ${inTheWay.join(', ')}`);
  const fitting = ofType.filter(
    ({ minBalanceMinor, maxBalanceMinor }) =>
      debt.balanceMinor >= minBalanceMinor && (maxBalanceMinor === undefined || debt.balanceMinor <= maxBalanceMinor),
  );
  if (fitting.length === 0) return outsideOf(ofType, debt);
  const ofKind = fitting.filter(({ debtorKinds }) => debtorKinds?.includes(debt.debtorKind) ?? true);
  if (ofKind.length === 0) return said('debtor-kind', `no strategy for its type takes debts of a ${debt.debtorKind}`);
  const complete = ofKind.filter((strategy) => missing(strategy, debt) === null);
  const [lacking] = ofKind;
  if (complete.length === 0) {
    const what = missing(lacking!, debt)!;
    return said(`no-${what}`, `${lacking!.id} takes it once the debtor's ${what} is known`);
  }
  const [first] = complete
    .map((strategy) => ({ id: strategy.id, on: ofAgeOn(strategy, debt) }))
    .sort((one, other) => (one.on < other.on ? -1 : 1));
  if (first!.on > asOf) return said('too-young', `${first!.id} takes it from ${first!.on} on`, first!.on);
  return said('waiting', `${first!.id} would choose it: no place is free, or nobody has looked yet`, first!.on);
}

/** An arrangement is in the way of everything: what it leaves free is not told here. */
function holdsBack(stop: StopKind | 'arrangement', { act }: Strategy, country: string): boolean {
  return stop === 'arrangement' || heldBackBy(act, country, { stops: [stop], arrangedActs: [] }).length > 0;
}

function missing({ requires = [] }: Strategy, debt: UnreferredDebt): 'address' | 'telephone' | null {
  if (requires.includes('address') && !debt.hasAddress) return 'address';
  return requires.includes('telephone') && !debt.hasTelephone ? 'telephone' : null;
}

function outsideOf(strategies: readonly Strategy[], { balanceMinor, currency }: UnreferredDebt): Unreferred {
  const smallest = Math.min(...strategies.map(({ minBalanceMinor }) => minBalanceMinor));
  return balanceMinor < smallest
    ? said('too-small', `strategies for its type begin at ${decimalFromMoney(smallest, currency)} ${currency}`)
    : said('too-large', 'above what the strategies for its type take');
}

function said(why: UnreferredCause, explanation: string, choosableOn: IsoDate | null = null): Unreferred {
  return { why, explanation, choosableOn };
}
