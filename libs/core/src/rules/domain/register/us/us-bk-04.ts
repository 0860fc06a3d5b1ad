import { ACTS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, hasHappened } from './bankruptcy-dates.js';

/** Bureaus are told of a discharge by the mark of US-BK-01, and agencies by US-REGF-08. */
const TOLD_OTHERWISE: readonly Act[] = ['report', 'place'];

/**
 * A debt that a bankruptcy court has discharged (`dischargedOn` in the details of the stop `insolvency`) is closed with
 * every partner within one business day, and no letter goes. Which debts survive is said by the person who records the
 * discharge: those have no stop any more, and a debt that nobody named is closed.
 */
export const usBk04: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-04',
  title: 'A discharged debt is ended with every partner',
  jurisdictions: { countries: ['US'] },
  acts: ACTS.filter((act) => !TOLD_OTHERWISE.includes(act)),
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 524(a)(2), 523(a)(1),(7), 1328(a)',
  confirmed: 'no',
  note: 'The register sets no number of days; one business day is chosen here, as for the petition. That a lien is ended as well is the more careful choice: some liens pass through a bankruptcy.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency')
      .filter((stop) => hasHappened(stop, DISCHARGE, date))
      .map((stop) => ({
        outcome: act === 'contact' ? 'block' : 'close',
        reason: 'A bankruptcy court has discharged this debt. Nobody may collect it from you any more.',
        earliestOn: dayAfterEnd(stop),
        release: { withinBusinessDays: releaseBusinessDays },
      })),
  turningDates: (debt) => bankruptcyDates(debt, [DISCHARGE]),
};
