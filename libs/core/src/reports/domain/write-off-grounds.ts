import type { IsoDate } from '@concord/plugin-sdk';
import { decimalFromMoney } from '../../money/domain/format-money.js';
import { addYears } from './calendar-periods.js';
import type { LimitationPeriod, WriteOffPolicy } from './write-off-policy.js';

/** An overdue debt as of a day, as far as the grounds look at it. */
export interface OverdueDebt {
  readonly type: string;
  /** Minor units, above zero. */
  readonly balanceMinor: number;
  readonly currency: string;
  /** Since when it is overdue. */
  readonly overdueSince: IsoDate;
  readonly incurredOn: IsoDate | null;
  readonly delinquentOn: IsoDate | null;
  /** The last payment that was not taken back. */
  readonly lastPaymentOn: IsoDate | null;
  /** The stop that says that the debtor died and left nothing. */
  readonly noEstateStop: string | null;
  /** The day on which a court freed the debtor of this debt. */
  readonly dischargedOn: IsoDate | null;
  /** Letters that came back since the debtor was last spoken with or paid. */
  readonly returnedNotices: number;
  /** Whether a payment arrangement is in force. */
  readonly arranged: boolean;
  /** Whether a judgment on it is in force: how long that can be enforced is another question than when the debt is barred. */
  readonly judged: boolean;
}

/** The grounds, in the order in which they are told. */
export const WRITE_OFF_RULES = [
  'WO-AGE',
  'WO-COST',
  'WO-LIMITATION',
  'WO-DECEASED',
  'WO-DISCHARGED',
  'WO-UNTRACEABLE',
] as const;
export type WriteOffRule = (typeof WRITE_OFF_RULES)[number];

export interface WriteOffGround {
  readonly rule: WriteOffRule;
  /** The facts and the setting that it rests on, in words. */
  readonly restsOn: string;
}

/**
 * Why a debt is put up to be written off, by the office's own settings; none where nothing speaks for it. It is a
 * recommendation: nothing is posted, and people decide. A debtor who pays by an arrangement in force is never put up.
 */
export function writeOffGrounds(debt: OverdueDebt, policy: WriteOffPolicy, asOf: IsoDate): readonly WriteOffGround[] {
  if (debt.arranged) return [];
  const found: Readonly<Record<WriteOffRule, string | null>> = {
    'WO-AGE': tooOld(debt, policy, asOf),
    'WO-COST': belowCost(debt, policy),
    'WO-LIMITATION': barred(debt, policy, asOf),
    'WO-DECEASED':
      policy.deceasedWithoutEstate && debt.noEstateStop !== null
        ? `stop ${debt.noEstateStop}: the debtor died and left no estate`
        : null,
    'WO-DISCHARGED':
      policy.dischargedInsolvency && debt.dischargedOn !== null && debt.dischargedOn <= asOf
        ? `discharged on ${debt.dischargedOn}`
        : null,
    'WO-UNTRACEABLE': untraceable(debt, policy),
  };
  return WRITE_OFF_RULES.flatMap((rule) => {
    const restsOn = found[rule];
    return restsOn === null ? [] : [{ rule, restsOn }];
  });
}

function tooOld({ overdueSince }: OverdueDebt, { olderThanYears }: WriteOffPolicy, asOf: IsoDate): string | null {
  if (olderThanYears === null || addYears(overdueSince, olderThanYears) > asOf) return null;
  return `overdue since ${overdueSince}; the office's limit is ${inYears(olderThanYears)}`;
}

function belowCost({ balanceMinor, currency }: OverdueDebt, { costOfCollectionMinor }: WriteOffPolicy): string | null {
  if (costOfCollectionMinor === null || balanceMinor >= costOfCollectionMinor) return null;
  const cost = decimalFromMoney(costOfCollectionMinor, currency);
  return `${decimalFromMoney(balanceMinor, currency)} ${currency} is owed; the office's cost of collection is ${cost}`;
}

function barred(debt: OverdueDebt, { limitation }: WriteOffPolicy, asOf: IsoDate): string | null {
  if (debt.judged) return null;
  const period = limitation.find(({ debtTypes }) => debtTypes.includes(debt.type));
  const start = period && startOf(period, debt);
  if (period === undefined || !start) return null;
  const end = addYears(start.on, period.years);
  if (end > asOf) return null;
  return `${period.citation}: ${inYears(period.years)} since ${start.what} on ${start.on} ended on ${end}`;
}

function startOf(
  { runsFrom, restartsOnPayment }: LimitationPeriod,
  { incurredOn, delinquentOn, lastPaymentOn }: OverdueDebt,
): { readonly on: IsoDate; readonly what: string } | null {
  const on = runsFrom === 'incurred' ? incurredOn : delinquentOn;
  if (on === null) return null;
  if (restartsOnPayment && lastPaymentOn !== null && lastPaymentOn > on) {
    return { on: lastPaymentOn, what: 'the last payment' };
  }
  return { on, what: runsFrom === 'incurred' ? 'it was incurred' : 'it became delinquent' };
}

function untraceable({ returnedNotices }: OverdueDebt, policy: WriteOffPolicy): string | null {
  if (policy.returnedNotices === null || returnedNotices < policy.returnedNotices) return null;
  return `${returnedNotices} letters came back since anybody was reached or paid; the office's limit is ${policy.returnedNotices}`;
}

function inYears(years: number): string {
  return years === 1 ? '1 year' : `${years} years`;
}
