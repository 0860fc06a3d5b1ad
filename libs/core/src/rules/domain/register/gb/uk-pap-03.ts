import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { firstPassing, lastHeardOn, noticesGiven, proofDays } from '../proofs-about.js';
import { isUnderProtocol } from './pre-action-protocol.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * Where the two sides have talked (`settlement-talks`) or the debtor has answered (`reply-form-received`), and a claim is
 * issued all the same, the debtor is told 14 days before (`notice-before-issue`), after the last of the talks. Until then a
 * claim is blocked.
 */
export const ukPap03: Rule<{ noticeDays: number }> = {
  id: 'UK-PAP-03',
  title: 'Notice before issue, where talks failed',
  jurisdictions: { countries: ['GB'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'PAP Debt Claims s.8',
  confirmed: 'no',
  note: 'A reply to the letter of claim is taken for the beginning of talks. The notice counts from the day of the last of them.',
  parameters: { noticeDays: 14 },
  judge(debt, _act, date, { noticeDays }, clocks) {
    if (!isUnderProtocol(debt, date)) return PASS;
    const talkedOn = lastHeardOn(debt, [GB_SUBJECTS.replyReceived, GB_SUBJECTS.settlementTalks], date);
    if (talkedOn === null) return PASS;
    const passesOn = (sentOn: string): string => addDays(clocks.nth('calendar', sentOn, noticeDays), 1);
    const notices = noticesGiven(debt, GB_SUBJECTS.noticeBeforeIssue, date, passesOn);
    const earliestOn = firstPassing(notices.filter(({ sentOn }) => sentOn >= talkedOn));
    if (earliestOn === null) {
      return [
        {
          outcome: 'block',
          reason: `You and the office have not agreed. The office must tell you ${noticeDays} days before it issues a claim.`,
          earliestOn,
          missing: 'a notice before issue, sent after the last talks',
        },
      ];
    }
    if (earliestOn <= date) return PASS;
    const reason = `The office has told you that it is going to court. It may issue a claim from ${earliestOn}.`;
    return [{ outcome: 'block', reason, earliestOn }];
  },
  turningDates: proofDays,
};
