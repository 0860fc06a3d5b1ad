import type { IsoDate } from '@concord/plugin-sdk';

/** Every kind of ledger entry that the case core knows. Partners are told fewer: see `counts_as` of `cases_v1.ledger_entry`. */
export const ENTRY_KINDS = [
  'assessment',
  'interest',
  'fee',
  'payment',
  'reversal',
  'adjustment',
  'credit-note',
  'waiver',
  'write-off',
  'refund',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What a balance consists of. Costs are what the office laid out, such as a court's charge; fees are its own. */
export const BUCKETS = ['cost', 'fee', 'interest', 'principal'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Minor units by bucket. */
export type ByBucket = Readonly<Record<Bucket, number>>;

/** Kinds that lower what is owed and are allocated over the buckets. */
export const CREDIT_KINDS = ['payment', 'adjustment', 'credit-note', 'waiver', 'write-off'] as const;
export type CreditKind = (typeof CREDIT_KINDS)[number];

/** An assessment is corrected by an adjustment, and interest by the next accrual: neither is taken back as a whole. */
export const REVERSIBLE_KINDS = [...CREDIT_KINDS, 'fee', 'refund'] as const;
export type ReversibleKind = (typeof REVERSIBLE_KINDS)[number];

/** One entry, as far as the balance depends on it. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** Minor units, above zero: the kind says which way it counts. */
  readonly amountMinor: number;
  readonly effectiveOn: IsoDate;
  /** By which the order of allocation is chosen; null for what came in with the debt. */
  readonly bookedOn: IsoDate | null;
  readonly caseVersion: number;
  /** The only bucket that it is about; null where the kind or the order of allocation decides. */
  readonly bucket: Bucket | null;
  /** The entry that a reversal undoes. */
  readonly reverses: string | null;
  /** Posted by an accrual of interest: an adjustment then takes back interest, and is no credit. */
  readonly accrued: boolean;
}

export function isCredit(kind: EntryKind): kind is CreditKind {
  return (CREDIT_KINDS as readonly EntryKind[]).includes(kind);
}

export function isReversible(kind: EntryKind): kind is ReversibleKind {
  return (REVERSIBLE_KINDS as readonly EntryKind[]).includes(kind);
}

/** The bucket that a charge raises: an assessment principal, a fee its own or, where it says so, cost. */
export function bucketOfCharge({ kind, bucket }: Pick<Entry, 'kind' | 'bucket'>): Bucket {
  if (kind === 'interest') return 'interest';
  return bucket ?? (kind === 'fee' ? 'fee' : 'principal');
}
