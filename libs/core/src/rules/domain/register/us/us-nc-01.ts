import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Rule, Verdict } from '../../rule.js';
import { PASS } from '../../rule.js';
import { isSetAside } from './hearings.js';
import { block } from './objections.js';
import { determinationDates, setoffDetermination } from './setoff-determination.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';
import type { NoticeDuty } from './waiting-notice.js';

interface Times {
  readonly [name: string]: number;
  readonly requestDays: number;
  readonly petitionDays: number;
}

/**
 * North Carolina takes a local debt only once 30 days have passed in full since a notice of set-off with the right to a
 * hearing (a proof `debt-setoff-notice`), and after a final determination: either the office has recorded one
 * (`final-determination`), or a hearing (`setoff-hearing`, `upheld` or `varied`) was held by somebody whose appointment
 * is on record (`hearing-officer-appointment`, of that day or before), and 30 more days to petition have passed. Neither
 * counts from before the first notice. What a hearing set aside is withdrawn.
 */
export const usNc01: Rule<Times> = {
  id: 'US-NC-01',
  title: 'North Carolina: notice and final determination before set-off',
  jurisdictions: { regions: ['US-NC'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'G.S. 105A-5',
  confirmed: 'yes',
  note: 'A determination or a hearing from before the first notice of set-off does not count: the register names them after it. That nobody asked for a hearing in time is a determination which the office records; it is not taken from silence.',
  parameters: { requestDays: 30, petitionDays: 30 },
  judge(debt, _act, date, times) {
    if (isSetAside(debt, date)) {
      const reason = 'A hearing found that you do not owe this debt.';
      return [{ outcome: 'withdraw', reason, earliestOn: null }];
    }
    return [...toldInTime(debt, date, times), ...determined(debt, date, times)];
  },
  turningDates: (debt, { requestDays, petitionDays }) => [
    ...noticeTurningDates(debt, duty(requestDays)),
    ...determinationDates(debt, petitionDays),
  ],
};

function toldInTime(debt: DebtSnapshot, date: IsoDate, { requestDays }: Times): Verdict {
  const { met, earliestOn } = noticeStanding(debt, date, duty(requestDays));
  if (met) return PASS;
  if (earliestOn === null) {
    const reason = 'The office has not told you that this debt may be set off against your refund.';
    return [block(reason, { missing: 'a notice of set-off, with the right to a hearing' })];
  }
  return [
    block(`You can ask for a hearing for ${requestDays} days. That time ends before ${earliestOn}.`, { earliestOn }),
  ];
}

function determined(debt: DebtSnapshot, date: IsoDate, { petitionDays }: Times): Verdict {
  const { final, earliestOn } = setoffDetermination(debt, date, petitionDays);
  if (final) return PASS;
  if (earliestOn === null) {
    const reason = 'It is not finally determined that you owe this debt.';
    return [block(reason, { missing: 'the final determination, or the outcome of the hearing' })];
  }
  const reason = `You can ask for a review of the hearing for ${petitionDays} days. That time ends before ${earliestOn}.`;
  return [block(reason, { earliestOn })];
}

function duty(waitDays: number): NoticeDuty {
  return { subject: US_PROOF_SUBJECTS.debtSetoffNotice, waitDays };
}
