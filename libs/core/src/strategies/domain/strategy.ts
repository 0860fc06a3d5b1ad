import type { Act, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { AgencyShare } from './agency-share.js';

/** Which debts a strategy refers, and for what. */
export interface StrategySelection {
  readonly id: string;
  readonly act: Act;
  readonly debtTypes: readonly string[];
  /** Days since the debt became delinquent; where that is not known, since it was incurred or registered. */
  readonly minAgeDays: number;
  readonly minBalanceMinor: number;
  readonly maxBalanceMinor?: number | undefined;
}

/** Every debt goes to each of the connectors. */
export interface ReferToEach {
  readonly connectors: readonly string[];
  readonly oneOf?: undefined;
}

/** Each debt goes to one of the connectors. */
export interface ReferToOne {
  readonly connectors?: undefined;
  readonly oneOf: readonly AgencyShare[];
}

/** Which debts are referred to which connectors, and when. */
export type Strategy = StrategySelection & (ReferToEach | ReferToOne);

/** What a strategy looks at. */
export interface StrategyView {
  readonly type: string;
  readonly agedFrom: IsoDate;
  readonly balanceMinor: number;
}

/** The first day on which one of the strategies could choose a debt of this type and age; null when none ever will. */
export function firstReviewOn(strategies: readonly Strategy[], type: string, agedFrom: IsoDate): IsoDate | null {
  const days = strategies
    .filter(({ debtTypes }) => debtTypes.includes(type))
    .map(({ minAgeDays }) => addDays(agedFrom, minAgeDays))
    .sort();
  return days[0] ?? null;
}

/**
 * What the strategies choose for a debt today, and when they should look at it next. A debt outside a strategy's range
 * of balances is looked at again when its ledger changes, not by date.
 */
export function nextReview(
  strategies: readonly Strategy[],
  view: StrategyView,
  today: IsoDate,
): { readonly chosen: readonly Strategy[]; readonly nextOn: IsoDate | null } {
  const ofType = strategies.filter(({ debtTypes }) => debtTypes.includes(view.type));
  const oldEnough = ofType.filter(({ minAgeDays }) => addDays(view.agedFrom, minAgeDays) <= today);
  const later = ofType
    .map(({ minAgeDays }) => addDays(view.agedFrom, minAgeDays))
    .filter((day) => day > today)
    .sort();
  return {
    chosen: oldEnough.filter(
      ({ minBalanceMinor, maxBalanceMinor }) =>
        view.balanceMinor >= minBalanceMinor && (maxBalanceMinor === undefined || view.balanceMinor <= maxBalanceMinor),
    ),
    nextOn: later[0] ?? null,
  };
}
