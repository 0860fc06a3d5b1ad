/** The kinds of ledger entries. */
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
