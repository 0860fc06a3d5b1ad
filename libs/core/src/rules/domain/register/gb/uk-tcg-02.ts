import type { IsoDate } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { proofDays, provedOn } from '../proofs-about.js';
import { noticesToAnyAddress, lapseDays, NOTICE_PERIODS } from './notice-of-enforcement.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * A notice of enforcement can be acted on for twelve months, its own day included. After that the agent returns the case
 * (`close`), also where the debtor has moved since, unless goods were taken into control while the latest notice could be
 * acted on (`control-taken`).
 */
export const ukTcg02: Rule<{ clearDays: number; months: number }> = {
  id: 'UK-TCG-02',
  title: 'Goods are taken into control within twelve months of the notice',
  jurisdictions: { countries: ['GB'] },
  acts: ['enforce-judgment'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'SI 2013/1894 reg 9',
  confirmed: 'yes',
  note: 'That the twelve months begin with the day of the notice is the more careful reading. Nothing is made of longer periods after a broken repayment agreement.',
  parameters: NOTICE_PERIODS,
  judge(debt, _act, date, periods, clocks) {
    const notices = noticesToAnyAddress(debt, date, periods, clocks);
    const last = notices.at(-1);
    if (last === undefined || notices.some(({ lapsesOn }) => date < lapsesOn)) return PASS;
    const inTime = (on: IsoDate): boolean => last.passesOn <= on && on < last.lapsesOn;
    if (provedOn(debt, GB_SUBJECTS.controlTaken, date).some(inTime)) return PASS;
    return [
      {
        outcome: 'close',
        reason: `The notice of enforcement that you were given is older than ${periods.months} months. The enforcement agent returns the case to the office.`,
        earliestOn: null,
        missing: 'a new notice of enforcement',
      },
    ];
  },
  turningDates: (debt, { months }) => [...proofDays(debt), ...lapseDays(debt, months)],
};
