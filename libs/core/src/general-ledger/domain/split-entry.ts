import { balanceOf } from '../../cases/domain/ledger/balance.js';
import type { AllocationOrder } from '../../cases/domain/ledger/allocation-order.js';
import { bucketOfCharge, BUCKETS, isCredit } from '../../cases/domain/ledger/entry.js';
import type { Entry } from '../../cases/domain/ledger/entry.js';

/** What a balance consists of, and what was paid beyond it. */
export const GL_BUCKETS = [...BUCKETS, 'credit'] as const;
export type GlBucket = (typeof GL_BUCKETS)[number];

/** The fields of a line of the file. */
export const GL_FIELDS = ['date', 'account', 'kind', 'bucket', 'debtType', 'entries', 'amount'] as const;

/** A part of an entry: minor units by which it raises what is owed in the bucket; below zero where it lowers it. */
export interface GlPart {
  readonly bucket: GlBucket;
  readonly effectMinor: number;
}

/**
 * The buckets that an entry is about, by the ledger as it was with the entry. What is posted later allocates nothing anew
 * here: what the general ledger was told stands.
 *
 * @param ledger every entry of the debt
 */
export function splitEntry(entry: Entry, ledger: readonly Entry[], orders: readonly AllocationOrder[]): GlPart[] {
  if (entry.kind === 'reversal') {
    const undone = ledger.find(({ id }) => id === entry.reverses);
    if (undone === undefined) throw new Error(`a reversal undoes ${entry.reverses}, which the debt does not have`);
    return splitEntry(undone, ledger, orders).map(({ bucket, effectMinor }) => ({ bucket, effectMinor: -effectMinor }));
  }
  if (entry.kind === 'refund') return [{ bucket: 'credit', effectMinor: entry.amountMinor }];
  if (entry.accrued && entry.kind === 'adjustment') return [{ bucket: 'interest', effectMinor: -entry.amountMinor }];
  if (!isCredit(entry.kind)) return [{ bucket: bucketOfCharge(entry), effectMinor: entry.amountMinor }];
  const until = ledger.filter(({ caseVersion }) => caseVersion <= entry.caseVersion);
  const allocated = balanceOf(until, orders).allocations.get(entry.id);
  const parts = BUCKETS.map((bucket): GlPart => ({ bucket, effectMinor: -(allocated?.[bucket] ?? 0) }));
  const beyond = parts.reduce((left, { effectMinor }) => left + effectMinor, entry.amountMinor);
  return [...parts, { bucket: 'credit' as const, effectMinor: -beyond }].filter(({ effectMinor }) => effectMinor !== 0);
}
