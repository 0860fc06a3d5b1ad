import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { decimalFromMoney } from '../../money/domain/format-money.js';
import type { StrategySelection } from '../../strategies/domain/strategy.js';

/** What a strategy selects by, as far as this looks at it. */
export type Selection = Pick<
  StrategySelection,
  'id' | 'debtTypes' | 'minAgeDays' | 'minBalanceMinor' | 'maxBalanceMinor'
>;

/** A debt that is owed and was never referred to anybody. */
export interface UnreferredDebt {
  readonly type: string;
  readonly balanceMinor: number;
  readonly currency: string;
  readonly overdueSince: IsoDate;
  /** Kinds of stops in force. */
  readonly stops: readonly string[];
}

/** Why nobody has it, from what must end first to what only waits. */
export const UNREFERRED_CAUSES = ['stopped', 'no-strategy', 'too-small', 'too-large', 'too-young', 'waiting'] as const;
export type UnreferredCause = (typeof UNREFERRED_CAUSES)[number];

export interface Unreferred {
  readonly why: UnreferredCause;
  readonly explanation: string;
  /** First day on which a strategy would choose it, where time alone decides. */
  readonly choosableOn: IsoDate | null;
}

/**
 * Why a debt was never referred, by the strategies of the office as they are now: what they were on another day is not
 * kept.
 */
export function whyNeverReferred(strategies: readonly Selection[], debt: UnreferredDebt, asOf: IsoDate): Unreferred {
  if (debt.stops.length > 0) return said('stopped', `held back by ${debt.stops.join(', ')}`);
  const ofType = strategies.filter(({ debtTypes }) => debtTypes.includes(debt.type));
  if (ofType.length === 0) return said('no-strategy', `no strategy is for ${debt.type}`);
  const fitting = ofType.filter(
    ({ minBalanceMinor, maxBalanceMinor }) =>
      debt.balanceMinor >= minBalanceMinor && (maxBalanceMinor === undefined || debt.balanceMinor <= maxBalanceMinor),
  );
  if (fitting.length === 0) return outsideOf(ofType, debt);
  const [first] = fitting
    .map(({ id, minAgeDays }) => ({ id, on: addDays(debt.overdueSince, minAgeDays) }))
    .sort((one, other) => (one.on < other.on ? -1 : 1));
  if (first!.on > asOf) return said('too-young', `${first!.id} takes it from ${first!.on} on`, first!.on);
  return said('waiting', `${first!.id} would choose it: no place is free, or nobody has looked yet`, first!.on);
}

function outsideOf(strategies: readonly Selection[], { balanceMinor, currency }: UnreferredDebt): Unreferred {
  const smallest = Math.min(...strategies.map(({ minBalanceMinor }) => minBalanceMinor));
  return balanceMinor < smallest
    ? said('too-small', `strategies for its type begin at ${decimalFromMoney(smallest, currency)} ${currency}`)
    : said('too-large', 'above what the strategies for its type take');
}

function said(why: UnreferredCause, explanation: string, choosableOn: IsoDate | null = null): Unreferred {
  return { why, explanation, choosableOn };
}
