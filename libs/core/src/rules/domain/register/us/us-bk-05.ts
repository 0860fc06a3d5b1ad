import type { Rule } from '../../rule.js';
import { stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, firstEnd, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';
import { isStayed } from './us-bk-01.js';

/**
 * A government may not refuse or take a licence or permit because of a bankruptcy, or of a debt discharged in one:
 * while an insolvency stays or has discharged the debt, a suspension or hold for it is closed within one business day.
 */
export const usBk05: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-05',
  title: 'No licence or permit refused because of a bankruptcy',
  jurisdictions: { countries: ['US'] },
  acts: ['suspend', 'hold'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 525(a)',
  confirmed: 'no',
  note: 'The section speaks of what is done solely because of the bankruptcy or a debt discharged in it; that is assumed of every suspension and hold for a debt in bankruptcy. One business day is chosen here.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency')
      .filter((stop) => isStayed(stop, date))
      .map((stop) => ({
        outcome: 'close',
        reason: 'No licence or permit may be refused to you or taken from you because of a bankruptcy.',
        earliestOn: firstEnd(stop, hasHappened(stop, DISCHARGE, date) ? [] : STAY_ENDINGS),
        release: { withinBusinessDays: releaseBusinessDays },
      })),
  turningDates: (debt) => bankruptcyDates(debt, [...STAY_ENDINGS, DISCHARGE]),
};
