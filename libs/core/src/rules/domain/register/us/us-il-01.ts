import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Objection, Rule } from '../../rule.js';
import { anniversary } from './anniversary.js';
import { hearingDates, isSetAside } from './hearings.js';
import { isPersonWithNumber } from './identified-person.js';
import { block } from './objections.js';
import { paperDates, papersOn } from './stored-proof.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';
import type { NoticeDuty } from './waiting-notice.js';

/**
 * Illinois takes a local debt only with what shows due process before: a notice whose way of sending is on record (a
 * proof `debt-recovery-notice`, from the day after it went), and the final determination that the debt is owed
 * (`final-determination`). A person needs a Social Security number on file. A debt whose day nobody knows is blocked,
 * one of seven years is closed, and one that a hearing set aside is withdrawn.
 */
export const usIl01: Rule<{ maximumYears: number }> = {
  id: 'US-IL-01',
  title: 'Illinois: due process before recovery, and no old debt',
  jurisdictions: { regions: ['US-IL'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '15 ILCS 405/10.05d',
  confirmed: 'yes',
  note: "The debtor's 60 days to protest run after a payment was found: the Comptroller holds it until then, and nothing is to be judged before. A debt is counted from the day on which it arose. The number of a business is not kept by Concord and not asked for.",
  parameters: { maximumYears: 7 },
  judge(debt, _act, date, { maximumYears }) {
    if (isSetAside(debt, date)) {
      const reason = 'A hearing found that you do not owe this debt.';
      return [{ outcome: 'withdraw', reason, earliestOn: null }];
    }
    return [...age(debt, date, maximumYears), ...dueProcess(debt, date), ...identity(debt)];
  },
  turningDates: (debt, { maximumYears }) => [
    ...(debt.debt.incurredOn === null ? [] : [anniversary(debt.debt.incurredOn, maximumYears)]),
    ...noticeTurningDates(debt, NOTICE),
    ...paperDates(debt, US_PROOF_SUBJECTS.finalDetermination),
    ...hearingDates(debt),
  ],
};

/** From the day after it was sent; how it was sent must be on record, because the programme asks. */
const NOTICE: NoticeDuty = {
  ...{ subject: US_PROOF_SUBJECTS.debtRecoveryNotice, waitDays: 0 },
  counts: ({ method }) => typeof method === 'string',
};

function age({ debt }: DebtSnapshot, date: IsoDate, maximumYears: number): readonly Objection[] {
  if (debt.incurredOn === null) {
    const missing = 'the date on which the debt arose';
    return [block('It is not known how old this debt is.', { missing })];
  }
  const tooOldOn = anniversary(debt.incurredOn, maximumYears);
  if (date < tooOldOn) return [];
  return [{ outcome: 'close', reason: `This debt is older than ${maximumYears} years.`, earliestOn: null }];
}

function dueProcess(debt: DebtSnapshot, date: IsoDate): readonly Objection[] {
  const objections: Objection[] = [];
  const { met, earliestOn } = noticeStanding(debt, date, NOTICE);
  if (!met) {
    const missing = 'a notice of recovery, and how it was sent';
    const reason = 'The office has not told you that payments to you may be held back for this debt.';
    objections.push(block(reason, earliestOn === null ? { missing } : { earliestOn }));
  }
  if (papersOn(debt, US_PROOF_SUBJECTS.finalDetermination, date).length === 0) {
    const missing = 'the final determination, and its date';
    objections.push(block('It is not finally determined that you owe this debt.', { missing }));
  }
  return objections;
}

function identity(debt: DebtSnapshot): readonly Objection[] {
  const business = debt.parties.some(({ role, kind }) => role === 'debtor' && kind === 'business');
  if (business || isPersonWithNumber(debt)) return [];
  const missing = "the debtor's Social Security number";
  return [block('Payments can be matched only by your Social Security number.', { missing })];
}
