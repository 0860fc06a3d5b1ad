import type { ItemisationSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';

/**
 * An agency must tell the consumer what was owed on the itemisation date and what came to it since, and can only repeat
 * what the office says. A debt without it, or with numbers that do not lead to its balance, is not placed.
 */
export const usRegf03: Rule = {
  id: 'US-REGF-03',
  title: 'Placed only with its itemisation',
  jurisdictions: { countries: ['US'] },
  acts: ['place'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '12 CFR 1006.34(b)(3),(c)(2)',
  confirmed: 'partly',
  note: 'The register does not record which half was seen. Asked of every debt, though the duty is to a person who owes one.',
  parameters: {},
  judge({ itemisation, ledger }, _act, date) {
    if (itemisation === null) {
      const reason = 'It is not recorded what was owed on a past date.';
      return [{ outcome: 'block', reason, earliestOn: null, missing: 'the itemisation of the debt' }];
    }
    const { on } = itemisation;
    const objections: Objection[] = [];
    if (on > date) {
      objections.push({
        outcome: 'block',
        reason: `This debt is itemised as of ${on}, a day to come.`,
        earliestOn: on,
      });
    }
    if (balanceOf(itemisation) !== ledger.balanceMinor) {
      objections.push({
        outcome: 'block',
        reason:
          'What was owed on the day as of which this debt is itemised, and what came to it since, do not add up to its balance.',
        earliestOn: null,
      });
    }
    return objections;
  },
};

/** What the itemisation says is owed now, in minor units; null where one of its numbers is not a whole one. */
function balanceOf(itemisation: ItemisationSnapshot): number | null {
  const { balanceMinor, interestSinceMinor, feesSinceMinor, paymentsSinceMinor, creditsSinceMinor } = itemisation;
  const parts = [balanceMinor, interestSinceMinor, feesSinceMinor, -paymentsSinceMinor, -creditsSinceMinor];
  return parts.every(Number.isSafeInteger) ? parts.reduce((sum, part) => sum + part, 0) : null;
}
