import type { Objection, Rule } from '../../rule.js';
import { isPersonWithNumber } from './identified-person.js';
import { amountAsked } from './amount-asked.js';
import { block, dollars } from './objections.js';

/** North Carolina is asked for no less than $50 of a debt, and matches refunds by the Social Security numbers of persons. */
export const usNc04: Rule<{ minimumMinor: number }> = {
  id: 'US-NC-04',
  title: 'North Carolina: no set-off for small debts',
  jurisdictions: { regions: ['US-NC'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'G.S. 105A-4/6',
  confirmed: 'yes',
  note: 'The source of the half of 105A-4 is not recorded: re-check. The least refund is for the Department to keep. That only a person with a number can be matched is from the layout of the Clearinghouse. Debts are not put together to reach the amount: the sources differ.',
  parameters: { minimumMinor: 5000 },
  judge(debt, _act, _date, { minimumMinor }) {
    const objections: Objection[] = [];
    if (amountAsked(debt) < minimumMinor) {
      objections.push(block(`Refunds are set off only for debts of at least ${dollars(minimumMinor)}.`));
    }
    if (!isPersonWithNumber(debt)) {
      const missing = "the debtor's Social Security number";
      objections.push(block('A refund can be matched only by the Social Security number of a person.', { missing }));
    }
    return objections;
  },
};
