import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { endingInWords, isPaid } from '../debt-ending.js';

/**
 * North Carolina is told in writing, with the next weekly file, when a debt that it may set off is paid, settled or no
 * longer owed: the debt is closed within five business days.
 */
export const usNc02: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-NC-02',
  title: 'North Carolina: told when a debt is no longer owed',
  jurisdictions: { regions: ['US-NC'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'G.S. 105A-6',
  confirmed: 'yes',
  note: 'The register says with the next weekly file: five business days. A lower balance goes with the same file, without a rule.',
  parameters: { releaseBusinessDays: 5 },
  judge: ({ ledger }, _act, _date, { releaseBusinessDays }) =>
    isPaid(ledger) || ledger.settled
      ? [
          {
            ...{ outcome: 'close', reason: endingInWords(ledger), earliestOn: null },
            release: { withinBusinessDays: releaseBusinessDays },
          },
        ]
      : PASS,
};
