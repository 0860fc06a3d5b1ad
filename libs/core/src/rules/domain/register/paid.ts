import type { LedgerSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../rule.js';
import { PASS } from '../rule.js';

/** A debt with nothing left to pay is told its end; that it was once owed is not taken back. */
export const paid: Rule = {
  id: 'PAID',
  title: 'Nothing is owed any more',
  jurisdictions: {},
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: null,
  confirmed: 'yes',
  note: 'Collection-industry reference on Metro 2: a paid collection is reported as paid, not deleted for being paid.',
  parameters: {},
  judge: (debt) =>
    debt.ledger.balanceMinor > 0 ? PASS : [{ outcome: 'close', reason: ending(debt.ledger), earliestOn: null }],
};

function ending(ledger: LedgerSnapshot): string {
  if (ledger.settled) return 'This debt was settled for less than its full amount.';
  const forgiven = ledger.writtenOffMinor > 0 || ledger.paidMinor <= 0;
  return forgiven ? 'Nothing is owed on this debt any more.' : 'This debt is paid in full.';
}
