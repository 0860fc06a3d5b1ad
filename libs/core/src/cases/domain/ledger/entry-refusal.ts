import type { Balance } from './balance.js';
import type { Bucket } from './entry.js';

/** Kinds that an officer posts. */
export const POSTABLE_KINDS = ['fee', 'adjustment', 'credit-note', 'waiver', 'write-off', 'refund'] as const;
export type PostableKind = (typeof POSTABLE_KINDS)[number];

export type EntryRefusal = 'bucket-not-meant' | 'no-credit' | 'above-credit' | 'above-balance' | 'above-bucket';

/** What an officer wants to post, in minor units above zero. */
export interface WantedEntry {
  readonly kind: PostableKind;
  readonly amountMinor: number;
  readonly bucket: Bucket | null;
}

/**
 * Why an entry can't be posted on a debt that stands like this; null where it can. Only a credit note may leave the debtor
 * with a credit: it corrects a charge that may have been paid.
 */
export function entryRefusal({ kind, amountMinor, bucket }: WantedEntry, standing: Balance): EntryRefusal | null {
  if (kind === 'fee') return bucket === null || bucket === 'fee' || bucket === 'cost' ? null : 'bucket-not-meant';
  if (kind === 'refund') {
    if (bucket !== null) return 'bucket-not-meant';
    if (standing.creditMinor === 0) return 'no-credit';
    return amountMinor > standing.creditMinor ? 'above-credit' : null;
  }
  if (bucket !== null && amountMinor > standing.buckets[bucket]) return 'above-bucket';
  return kind !== 'credit-note' && amountMinor > standing.balanceMinor ? 'above-balance' : null;
}
