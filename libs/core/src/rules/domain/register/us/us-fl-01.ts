import type { Objection, Rule } from '../../rule.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { block } from './objections.js';
import { missingSuspensionNotice, suspensionNotice } from './suspension-notice.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';

interface Times {
  readonly [name: string]: number;
  readonly complyDays: number;
  readonly releaseBusinessDays: number;
}

/**
 * Florida suspends a driver's licence only once 30 days have passed in full since the debtor was told after the default
 * (a proof `suspension-notice`, of the day on which the debt was due or later, that did not come back during that
 * time). A suspension for a debt that is paid or settled is closed within one business day.
 */
export const usFl01: Rule<Times> = {
  id: 'US-FL-01',
  title: 'Florida: notice and 30 days to comply before suspension',
  jurisdictions: { regions: ['US-FL'] },
  acts: ['suspend'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Fla. Stat. 322.245',
  confirmed: 'yes',
  note: "The notice is due within 5 days after the default, and the clerk's word to the State within 10 days after that: duties of the clerk, which forbid nothing when they are late. That the clearance goes within one business day of payment is chosen here.",
  parameters: { complyDays: 30, releaseBusinessDays: 1 },
  judge(debt, _act, date, { complyDays, releaseBusinessDays }) {
    const { ledger } = debt;
    const objections: Objection[] = [];
    if (isPaid(ledger) || ledger.settled) {
      const release = { withinBusinessDays: releaseBusinessDays };
      objections.push({ outcome: 'close', reason: endingInWords(ledger), earliestOn: null, release });
    }
    const { met, earliestOn } = noticeStanding(debt, date, suspensionNotice(debt, complyDays));
    if (met) return objections;
    const missing = missingSuspensionNotice(debt);
    const [reason, falls] =
      earliestOn === null
        ? ['You have not been told that your licence may be suspended for this debt.', { missing }]
        : [`You have ${complyDays} days to pay or answer. That time ends before ${earliestOn}.`, { earliestOn }];
    return [...objections, block(reason, falls)];
  },
  turningDates: (debt, { complyDays }) => noticeTurningDates(debt, suspensionNotice(debt, complyDays)),
};
