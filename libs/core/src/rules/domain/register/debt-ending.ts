import type { LedgerSnapshot } from '@concord/plugin-sdk';

/** Whether nothing of the debt is left to pay. */
export function isPaid(ledger: LedgerSnapshot): boolean {
  return ledger.balanceMinor <= 0;
}

/** How a debt came to its end, in words that can be read aloud to the debtor. For debts that are paid or settled. */
export function endingInWords(ledger: LedgerSnapshot): string {
  if (ledger.settled) return 'This debt was settled for less than its full amount.';
  const forgiven = ledger.writtenOffMinor > 0 || ledger.paidMinor <= 0;
  return forgiven ? 'Nothing is owed on this debt any more.' : 'This debt is paid in full.';
}
