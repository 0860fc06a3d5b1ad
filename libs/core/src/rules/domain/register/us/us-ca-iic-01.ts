import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { amountAsked } from './amount-asked.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Objection, Rule } from '../../rule.js';
import { isPersonWithNumber } from './identified-person.js';
import { block, dollars } from './objections.js';
import { paperDates, papersOn } from './stored-proof.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';
import type { NoticeDuty } from './waiting-notice.js';

interface Terms {
  readonly [name: string]: number;
  readonly waitDays: number;
  readonly validDays: number;
  readonly minimumMinor: number;
}

/**
 * California intercepts a refund only once 30 days have passed in full since a notice of this year (a proof
 * `pre-intercept-notice`, of the last 365 days), and for no more than that notice said. The notice says what the debt
 * is itemised at, so it counts where it went on the day of the itemisation or later and did not come back during its
 * time; once more is asked than that, the office itemises the debt anew and sends another. Where there is no such
 * notice, an interception that stands is paused.
 *
 * The programme takes debts from $10 of persons with a Social Security number: fines and restitution, taxes with a
 * recorded lien (`tax-lien-certificate`), and what a judgment or a court's order (`court-order`) says.
 */
export const usCaIic01: Rule<Terms> = {
  id: 'US-CA-IIC-01',
  title: 'California: yearly notice before interception, anew for each increase',
  jurisdictions: { regions: ['US-CA'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'FTB 2288/2645; Gov C 12419.x',
  confirmed: 'yes',
  note: "That a notice counts for 365 days, and covers what the debt was itemised at, is how Concord reads yearly and increase. The least amount, the number and the kinds of debt are from the programme's guides: a judgment, a court's order, a recorded tax lien, or a fine.",
  parameters: { waitDays: 30, validDays: 365, minimumMinor: 1000 },
  judge: (debt, _act, date, terms) => [
    ...programmeObjections(debt, date, terms),
    ...noticeObjections(debt, date, terms),
  ],
  turningDates: (debt, terms) => [
    ...(debt.debt.judgmentOn ? [debt.debt.judgmentOn] : []),
    ...ELIGIBLE_BY.flatMap((subject) => paperDates(debt, subject)),
    ...noticeTurningDates(debt, duty(debt, terms)),
  ],
};

const ELIGIBLE_BY = [US_PROOF_SUBJECTS.courtOrder, US_PROOF_SUBJECTS.taxLienCertificate];

function programmeObjections(debt: DebtSnapshot, date: IsoDate, { minimumMinor }: Terms): readonly Objection[] {
  const objections: Objection[] = [];
  if (amountAsked(debt) < minimumMinor) {
    objections.push(block(`The State intercepts refunds only for debts of at least ${dollars(minimumMinor)}.`));
  }
  if (!isPersonWithNumber(debt)) {
    const missing = "the debtor's Social Security number";
    objections.push(block('A refund can be matched only by the Social Security number of a person.', { missing }));
  }
  if (!isEligible(debt, date)) {
    const missing = "a judgment, a court's order or a recorded tax lien";
    objections.push(
      block('The State intercepts no refund for a debt of this kind without a court or a lien.', { missing }),
    );
  }
  return objections;
}

function isEligible(debt: DebtSnapshot, date: IsoDate): boolean {
  const { family, judgmentOn } = debt.debt;
  if (family === 'fine' || family === 'restitution' || (judgmentOn && judgmentOn <= date)) return true;
  const subjects = family === 'tax' ? ELIGIBLE_BY : [US_PROOF_SUBJECTS.courtOrder];
  return subjects.some((subject) => papersOn(debt, subject, date).length > 0);
}

function noticeObjections(debt: DebtSnapshot, date: IsoDate, terms: Terms): readonly Objection[] {
  const { itemisation } = debt;
  const { met, earliestOn } = noticeStanding(debt, date, duty(debt, terms));
  if (!met && earliestOn !== null) {
    const reason = `The office has written to you that your refund may be held back. You can answer until then; it may be held back from ${earliestOn}.`;
    return [block(reason, { earliestOn }), { outcome: 'restrain', reason, earliestOn }];
  }
  if (!met) {
    const reason =
      'The office has not told you this year, in a letter that states this debt, that your refund may be held back.';
    const missing = 'a notice before interception, sent since the debt was itemised';
    return [block(reason, { missing }), { outcome: 'restrain', reason, earliestOn: null, missing }];
  }
  if (itemisation === null || amountAsked(debt) <= itemisation.balanceMinor) return [];
  const reason =
    "More is asked than the office's letter to you said. A refund may be held back for the rest only after another letter.";
  return [block(reason, { missing: 'a notice that states what is owed now' })];
}

function duty({ itemisation }: DebtSnapshot, { waitDays, validDays }: Terms): NoticeDuty {
  return {
    ...{ subject: US_PROOF_SUBJECTS.preInterceptNotice, waitDays, validDays },
    counts: ({ on }) => itemisation !== null && itemisation.on <= on,
  };
}
