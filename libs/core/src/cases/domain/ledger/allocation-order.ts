import type { IsoDate } from '@concord/plugin-sdk';
import type { Bucket } from './entry.js';

/** In which order credits are allocated over the buckets, from the day on which they are booked. */
export interface AllocationOrder {
  /** First day; null for the order that always held before the others. */
  readonly from: IsoDate | null;
  readonly order: readonly Bucket[];
}

/** What the office laid out first, the principal last. */
export const DEFAULT_ALLOCATION: readonly AllocationOrder[] = [
  { from: null, order: ['cost', 'fee', 'interest', 'principal'] },
];

/** The order that held on a day. What was allocated before an office changed its order stays as it was. */
export function orderOn(orders: readonly AllocationOrder[], date: IsoDate): readonly Bucket[] {
  const held = orders.filter(({ from }) => from === null || from <= date);
  const latest = held.reduce((best, each) => ((each.from ?? '') >= (best.from ?? '') ? each : best), held[0]!);
  return latest.order;
}
