import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { firstPassing, proofDays } from '../proofs-about.js';
import { enforcementNotices, lapseDays, NOTICE_PERIODS } from './notice-of-enforcement.js';

/**
 * Nobody takes control of goods before seven clear days have passed since the notice of enforcement
 * (`notice-of-enforcement`). The day of the notice, Sundays, bank holidays, Good Friday and Christmas Day do not count;
 * Saturdays do. Given on Monday 2 March 2026, the seven days are the 3rd to the 7th, the 9th and the 10th, and control can be
 * taken from the 11th. Once the debtor's address on record has become another one, or the office heard that it has
 * (`address-changed`), a notice of a later day is asked for.
 */
export const ukTcg01: Rule<{ clearDays: number; months: number }> = {
  id: 'UK-TCG-01',
  title: 'Notice of enforcement before goods are taken into control',
  jurisdictions: { countries: ['GB'] },
  acts: ['enforce-judgment'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'SI 2013/1894 reg 6',
  confirmed: 'yes',
  note: 'Counts from the day on which the notice is on record as given; when a posted notice counts as given is not in the register. That one which came back while it ran does not count is the more careful choice. An agent that gives the notice itself is instructed to do so beforehand, without this act.',
  parameters: NOTICE_PERIODS,
  judge(debt, _act, date, periods, clocks) {
    const notices = enforcementNotices(debt, date, periods, clocks);
    const running = notices.filter(({ lapsesOn }) => date < lapsesOn);
    // Where all have lapsed, UK-TCG-02 says so.
    if (notices.length > 0 && running.length === 0) return PASS;
    const earliestOn = firstPassing(running);
    if (earliestOn === null) {
      return [
        {
          outcome: 'block',
          reason: 'No goods of yours may be taken into control before you have had a notice of enforcement.',
          earliestOn,
          missing: 'a notice of enforcement to the present address',
        },
      ];
    }
    if (earliestOn <= date) return PASS;
    const reason = `You have had a notice of enforcement. No goods may be taken into control before ${earliestOn}.`;
    return [{ outcome: 'block', reason, earliestOn }];
  },
  turningDates: (debt, { months }) => [...proofDays(debt), ...lapseDays(debt, months)],
};
