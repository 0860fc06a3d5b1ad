import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, firstEnd, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';

const ENDINGS = [...STAY_ENDINGS, DISCHARGE] as const;

/**
 * During a stay no refund is set off against a debt that is not a tax: the certification is closed within one business
 * day. A debt whose kind nobody has said is not a tax.
 */
export const usBk02: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-02',
  title: 'No set-off against a refund during the stay',
  jurisdictions: { countries: ['US'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 362(a)(7),(b)(26)',
  confirmed: 'no',
  note: 'The exception for an income-tax refund against an income tax is not used, because it would loosen the stay: such a debt is held by US-BK-01. What was taken during the stay is given back by a person.',
  parameters: { releaseBusinessDays: 1 },
  judge(debt, _act, date, { releaseBusinessDays }) {
    if (debt.debt.family === 'tax') return PASS;
    return stopsInForce(debt, date, 'insolvency')
      .filter((stop) => !ENDINGS.some((name) => hasHappened(stop, name, date)))
      .map((stop) => ({
        outcome: 'close',
        reason: 'You have filed for bankruptcy. A refund may not be set off against a debt that is not a tax.',
        earliestOn: firstEnd(stop, ENDINGS),
        release: { withinBusinessDays: releaseBusinessDays },
      }));
  },
  turningDates: (debt) => bankruptcyDates(debt, ENDINGS),
};
