import type { IsoDate, StopKind } from '@concord/plugin-sdk';

/** A yearly rate from a day on, until the next one. */
export interface RateFrom {
  readonly from: IsoDate;
  /** Per cent a year as an exact decimal, such as `8.25`; at most six places after the point. `0` for none. */
  readonly yearlyPercent: string;
}

/**
 * - `actual/365`: a day is a 365th of the yearly rate, in leap years too.
 * - `actual/actual`: a day of a leap year is a 366th.
 */
export const DAY_COUNTS = ['actual/365', 'actual/actual'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** On what interest runs. Never on interest: it is simple. Fees mean fees and costs. */
export const INTEREST_BASES = ['principal', 'principal-and-fees'] as const;
export type InterestBase = (typeof INTEREST_BASES)[number];

/** The day of a debt from which interest runs. A debt without that date bears none. */
export const INTEREST_STARTS = ['incurred', 'delinquent'] as const;
export type InterestStart = (typeof INTEREST_STARTS)[number];

/** What interest a type of debt bears. */
export interface InterestTerms {
  readonly debtTypes: readonly string[];
  readonly base: InterestBase;
  readonly dayCount: DayCount;
  readonly startsOn: InterestStart;
  /** Kinds of stops while which none accrues, wherever they reach the debt: its case, itself, or any of its parties. */
  readonly frozenBy: readonly StopKind[];
  readonly rates: readonly RateFrom[];
}

/** Days on which no interest accrues, both included; open where nobody has set an end. */
export interface FrozenPeriod {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

const PLACES = 6;

/** Millionths of a per cent. @throws RangeError for what is not such a decimal */
export function percentMillionths(yearlyPercent: string): bigint {
  const parts = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(yearlyPercent);
  if (parts === null) throw new RangeError(`not a yearly rate in per cent: ${yearlyPercent}`);
  return BigInt(parts[1]! + (parts[2] ?? '').padEnd(PLACES, '0'));
}
