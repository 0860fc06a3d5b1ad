import type { Queryable } from '../database/sql.js';
import { noticesOf, readBatch } from './batch-store.js';
import type { StoredBatch, StoredNotice } from './batch-store.js';

/** What goes with a printed file: how many letters and pages, and what they ask for. */
export interface Manifest extends StoredBatch {
  readonly counts: {
    readonly notices: number;
    /** Taken out after the batch was made. */
    readonly withdrawn: number;
    readonly returned: number;
  };
  /** What the letters ask for that were not taken out, by currency, in minor units. */
  readonly totals: readonly { readonly currency: string; readonly minor: number }[];
  readonly notices: readonly StoredNotice[];
}

/** @throws Refusal `notice-batch-unknown` */
export async function readManifest(on: Queryable, batchId: string): Promise<Manifest> {
  const batch = await readBatch(on, batchId);
  const notices = await noticesOf(on, batchId);
  const standing = notices.filter(({ state }) => state !== 'withdrawn');
  const totals = new Map<string, number>();
  for (const { currency, balanceMinor } of standing) totals.set(currency, (totals.get(currency) ?? 0) + balanceMinor);
  return {
    ...batch,
    counts: {
      notices: standing.length,
      withdrawn: notices.length - standing.length,
      returned: notices.filter(({ state }) => state === 'returned').length,
    },
    totals: [...totals].map(([currency, minor]) => ({ currency, minor })),
    notices,
  };
}
