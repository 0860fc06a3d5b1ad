import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { firstPassing, lastHeardOn, noticesGiven, proofDays } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/** What a notice from before no longer tells the payer about. */
const ANEW = [GB_SUBJECTS.directDebitChanged, GB_SUBJECTS.directDebitCancelled, GB_SUBJECTS.directDebitRefunded];

/**
 * The payer is told amount, date and frequency of a Direct Debit ten working days before the account is debited
 * (`advance-notice`), and again when one of them changes (`direct-debit-changed`), or collecting begins anew after the
 * payer cancelled it or claimed a payment back. Until then nothing is collected. Told on Monday 2 March 2026, the tenth
 * working day is Monday the 16th: the first on which anything may be collected.
 */
export const ukDd01: Rule<{ workingDays: number }> = {
  id: 'UK-DD-01',
  title: 'Advance notice of a Direct Debit',
  jurisdictions: { countries: ['GB'] },
  acts: ['direct-debit'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'DD Guarantee',
  confirmed: 'yes',
  note: 'An office that has agreed another period with its payers sets it. Days on which Bacs processes payments are counted. The first collection is held to the same notice as a change.',
  parameters: { workingDays: 10 },
  judge(debt, _act, date, { workingDays }, clocks) {
    const changedOn = lastHeardOn(debt, ANEW, date);
    const notices = noticesGiven(debt, GB_SUBJECTS.advanceNotice, date, (on) => clocks.nth('working', on, workingDays));
    const earliestOn = firstPassing(notices.filter(({ sentOn }) => changedOn === null || sentOn >= changedOn));
    if (earliestOn === null) {
      return [
        {
          outcome: 'block',
          reason: `The office must tell you ${workingDays} working days before it collects another amount, or on another day, from your account.`,
          earliestOn,
          missing: 'an advance notice of what is collected now',
        },
      ];
    }
    if (earliestOn <= date) return PASS;
    const reason = `The office has told you what it will collect from your account. It may do so from ${earliestOn}.`;
    return [{ outcome: 'block', reason, earliestOn }];
  },
  turningDates: proofDays,
};
