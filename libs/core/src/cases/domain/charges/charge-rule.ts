import type { IsoDate, StopKind } from '@concord/plugin-sdk';

/** What a charge by rule raises: the office's own fee, or a cost that it lays out. */
export const CHARGE_BUCKETS = ['fee', 'cost'] as const;
export type ChargeBucket = (typeof CHARGE_BUCKETS)[number];

/** Of what a percentage is taken, as it stands at the end of the day before. The balance has interest and charges in it. */
export const CHARGE_BASES = ['principal', 'balance'] as const;
export type ChargeBase = (typeof CHARGE_BASES)[number];

/** A number of whole days or whole months. */
export interface ChargeSpan {
  readonly unit: 'days' | 'months';
  readonly count: number;
}

/** Minor units as they are, or per cent of what is owed with at most so many minor units; null for no limit. */
export type ChargeAmount =
  | { readonly minor: number }
  | { readonly percent: string; readonly of: ChargeBase; readonly atMostMinor: number | null };

/** When charges of a rule fall due on a debt. */
export interface ChargeTimes {
  /** From the first day of delinquency to the first charge. */
  readonly after: ChargeSpan;
  /** From one charge to the next; null for one charge only. */
  readonly every: ChargeSpan | null;
  /** How many days of charges a debt has at most, whether or not something was charged on them; null for no limit. */
  readonly times: number | null;
  /** First and last day on which charges fall due; null for no last. */
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** A late fee or a collection cost that an office charges by rule. */
export interface ChargeRule extends ChargeTimes {
  /** Permanent: what was charged is known by it. */
  readonly id: string;
  /** What the entry says that it is. */
  readonly title: string;
  /** The provision that allows it. */
  readonly authority: string;
  readonly debtTypes: readonly string[];
  readonly bucket: ChargeBucket;
  readonly amount: ChargeAmount;
  /** Kinds of stops while which nothing is charged, wherever they reach the debt: its case, itself, or any of its parties. */
  readonly frozenBy: readonly StopKind[];
}
