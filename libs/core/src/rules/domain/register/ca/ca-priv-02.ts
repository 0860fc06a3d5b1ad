import type { LedgerSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';

/**
 * What a bureau or an agency is told of a debt is accurate. An account whose sums do not lead to its balance is not told to
 * anybody (`block`); what is corrected in the case reaches them as any other change does.
 */
export const caPriv02: Rule = {
  id: 'CA-PRIV-02',
  title: 'Nothing inaccurate to a bureau or an agency',
  jurisdictions: { countries: ['CA'] },
  acts: ['report', 'place'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'PIPEDA Sch 1 4.6, 4.9.5; s.10.1',
  confirmed: 'no',
  note: 'The sign of inaccuracy looked for is chosen here. Telling of a breach (s.10.1) is no act on a debt.',
  parameters: {},
  judge: ({ ledger }) =>
    addsUp(ledger)
      ? PASS
      : [
          {
            outcome: 'block',
            reason:
              'The balance of the account differs from the sum of its entries. Until that is put right, nobody else is told of it.',
            earliestOn: null,
          },
        ],
};

function addsUp(ledger: LedgerSnapshot): boolean {
  const { assessedMinor, interestMinor, feesMinor, paidMinor, adjustedMinor, writtenOffMinor, balanceMinor } = ledger;
  const parts = [assessedMinor, interestMinor, feesMinor, -paidMinor, -adjustedMinor, -writtenOffMinor];
  return parts.every(Number.isSafeInteger) && parts.reduce((sum, part) => sum + part, 0) === balanceMinor;
}
