/**
 * The kinds of ledger entries that a partner can be told. The office keeps more: credit notes, waivers, refunds to the
 * debtor, and reversals of anything but a payment are told as adjustments, up or down by their effect.
 */
export const LEDGER_ENTRY_KINDS = [
  'assessment',
  'interest',
  'fee',
  'payment',
  'reversal',
  'adjustment',
  'write-off',
] as const;
export type LedgerEntryKind = (typeof LEDGER_ENTRY_KINDS)[number];
