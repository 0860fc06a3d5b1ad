import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { block } from './objections.js';
import { hasOwnProgramme, isState } from './offset-programmes.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';
import type { NoticeDuty } from './waiting-notice.js';

/**
 * A debt goes to refund offset only once 60 days have passed in full since a notice by certified mail with its tracking
 * number (a proof `federal-offset-notice`), so that the debtor could present evidence. Sent on 5 January 2026, it
 * passes from 7 March. A notice that came back during that time does not count. States themselves are held to it, and
 * local offices in every State without a programme rule of its own in the register.
 */
export const usTop01: Rule<{ noticeDays: number }> = {
  id: 'US-TOP-01',
  title: 'Refund offset only after certified notice and time to answer',
  jurisdictions: { countries: ['US'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '26 USC 6402(e); 31 CFR 285.8',
  confirmed: 'yes',
  note: 'The numbers were seen on the California, Georgia and Oregon pages. That local offices in States without a rule of their own in the register are held to it as well is the more careful choice. A notice counts with the number of its carrier only.',
  parameters: { noticeDays: 60 },
  judge(debt, _act, date, { noticeDays }) {
    if (!appliesTo(debt)) return PASS;
    const { met, earliestOn } = noticeStanding(debt, date, duty(noticeDays));
    if (met) return PASS;
    const reason =
      earliestOn === null
        ? 'You have not been told by certified mail that your refund may be held back for this debt.'
        : `You have ${noticeDays} days to answer the office's notice before your refund may be held back. That time ends before ${earliestOn}.`;
    return [block(reason, { earliestOn, ...(earliestOn === null ? { missing: 'a notice by certified mail' } : {}) })];
  },
  turningDates: (debt, { noticeDays }) => (appliesTo(debt) ? noticeTurningDates(debt, duty(noticeDays)) : []),
};

function duty(waitDays: number): NoticeDuty {
  return {
    subject: US_PROOF_SUBJECTS.federalOffsetNotice,
    waitDays,
    counts: ({ method, tracked }) => method === 'certified-mail' && tracked === true,
  };
}

function appliesTo({ jurisdiction }: DebtSnapshot): boolean {
  return isState(jurisdiction.id) || !hasOwnProgramme(jurisdiction.id);
}
