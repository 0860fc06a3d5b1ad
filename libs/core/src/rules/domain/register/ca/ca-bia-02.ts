import type { Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, hasHappened } from '../us/bankruptcy-dates.js';

/**
 * A licence, a permit or a renewal is not refused for a debt from which the debtor was discharged (`dischargedOn`); what was
 * refused is given back (`withdraw`).
 */
export const caBia02: Rule<{ releaseBusinessDays: number }> = {
  id: 'CA-BIA-02',
  title: 'No licence refused for a debt that was released',
  jurisdictions: { countries: ['CA'] },
  acts: ['suspend', 'hold'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '407 ETR, Moloney (SCC 2015); BIA 178(2)',
  confirmed: 'yes',
  note: 'That the licence is asked to be given back within one business day is chosen here.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency')
      .filter((stop) => hasHappened(stop, DISCHARGE, date))
      .map((stop) => ({
        outcome: 'withdraw',
        reason:
          'You were discharged from this debt. No licence, permit or renewal may be refused to you because of it.',
        earliestOn: dayAfterEnd(stop),
        release: { withinBusinessDays: releaseBusinessDays },
      })),
  turningDates: (debt) => bankruptcyDates(debt, [DISCHARGE]),
};
