import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { paperDates, papersOn } from './stored-proof.js';

/**
 * What the office learnt from the tax authorities, even that a refund was offset, is not told to an agency: a debt that
 * a document on record labels so (`federal-tax-information`) is not placed, and called back within one business day.
 */
export const usFti01: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-FTI-01',
  title: 'No federal tax information to a collection agency',
  jurisdictions: { countries: ['US'] },
  acts: ['place'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'IRC 6103(p)(4); Pub 1075',
  confirmed: 'partly',
  note: 'The immediate report of an incident is confirmed, the rest is not. A debt holds such information where a document on record says so. Labels, access logs, the 45-day notice before a contractor is used and the report of incidents are duties of the office and its systems.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    papersOn(debt, US_PROOF_SUBJECTS.federalTaxInformation, date).length === 0
      ? PASS
      : [
          {
            outcome: 'close',
            reason:
              'What is on record of this debt comes in part from the tax authorities. It may not be given to an agency.',
            earliestOn: null,
            release: { withinBusinessDays: releaseBusinessDays },
          },
        ],
  turningDates: (debt) => paperDates(debt, US_PROOF_SUBJECTS.federalTaxInformation),
};
