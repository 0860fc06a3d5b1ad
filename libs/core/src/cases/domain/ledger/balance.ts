import type { IsoDate } from '@concord/plugin-sdk';
import type { AllocationOrder } from './allocation-order.js';
import { inEffect } from './in-effect.js';
import { Standing } from './standing.js';
import { BUCKETS } from './entry.js';
import type { ByBucket, Entry } from './entry.js';

/** What is owed, in minor units: `balanceMinor` is the sum of the buckets less `creditMinor`. */
export interface Balance {
  readonly balanceMinor: number;
  readonly buckets: ByBucket;
  /** Paid beyond everything owed. Above zero only where every bucket is zero. */
  readonly creditMinor: number;
  /** Where each credit that is not undone stands allocated, by the id of its entry. */
  readonly allocations: ReadonlyMap<string, ByBucket>;
}

/**
 * The balance of one debt by bucket. A pure function of its entries: no allocation is stored, so none can contradict them.
 *
 * @param asOf counts what took effect up to this day, itself included; null for everything
 */
export function balanceOf(
  entries: readonly Entry[],
  orders: readonly AllocationOrder[],
  asOf: IsoDate | null = null,
): Balance {
  const standing = new Standing(orders);
  const counted = inEffect(entries, asOf);
  for (const { entry } of counted) standing.apply(entry);
  const allocations = counted.flatMap(({ entry }) => {
    const allocation = standing.allocationOf(entry.id);
    return allocation === null ? [] : [[entry.id, allocation] as const];
  });
  const { buckets, creditMinor } = standing.dues();
  return {
    balanceMinor: BUCKETS.reduce((sum, bucket) => sum + buckets[bucket], 0) - creditMinor,
    buckets,
    creditMinor,
    allocations: new Map(allocations),
  };
}
