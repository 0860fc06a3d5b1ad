import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Clocks } from '../../clocks.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import type { NoticeGiven } from '../proofs-about.js';
import { firstPassing, noticesGiven, proofDays, provedOn } from '../proofs-about.js';
import { isUnderProtocol } from './pre-action-protocol.js';
import { GB_SUBJECTS } from './proof-subjects.js';

const ENCLOSURES = [
  { subject: GB_SUBJECTS.informationSheet, words: 'the information sheet' },
  { subject: GB_SUBJECTS.replyForm, words: 'the reply form' },
  { subject: GB_SUBJECTS.financialStatementForm, words: 'the financial statement form' },
] as const;

/**
 * Nobody is sued for a debt without a letter of claim (`letter-of-claim`), the information sheet (`information-sheet`), the
 * reply form (`reply-form`) and the financial statement form (`financial-statement-form`), and 30 days to answer. Until then
 * a claim is blocked. Dated 1 April, the letter can be answered until 1 May, and a claim can be issued from 2 May. What is
 * enclosed later counts from its own day, what went before the letter is not enclosed in it, and a letter that came
 * back while it ran counts not at all. A business is exempt once it is on record that it is a company
 * (`company-record`).
 */
export const ukPap01: Rule<{ waitDays: number }> = {
  id: 'UK-PAP-01',
  title: 'Letter of claim before a court claim',
  jurisdictions: { countries: ['GB'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'PAP Debt Claims s.3',
  confirmed: 'yes',
  note: 'Binds claims against individuals and sole traders. A tax is held to it as well: the row excepts none, though a complaint for a liability order may be no claim under the protocol, which is for counsel to say. A business is taken for a sole trader until its entry in the companies register is on record. That a letter which came back while it ran does not count is the more careful choice.',
  parameters: { waitDays: 30 },
  judge(debt, _act, date, { waitDays }, clocks) {
    if (!isUnderProtocol(debt, date)) return PASS;
    const letters = lettersOfClaim(debt, date, waitDays, clocks);
    const earliestOn = firstPassing(letters.filter(({ sentOn }) => completeOn(debt, sentOn, date) !== null));
    if (earliestOn !== null) {
      if (earliestOn <= date) return PASS;
      return [
        {
          outcome: 'block',
          reason: `The office has written to you before going to court. You have ${waitDays} days to answer, so no claim may be issued before ${earliestOn}.`,
          earliestOn,
        },
      ];
    }
    const [first] = letters;
    // Without a letter, what is on record at all could go with one that is recorded late.
    const lacking = ENCLOSURES.filter(({ subject }) => enclosedOn(debt, subject, first?.sentOn ?? null, date) === null);
    const missing = [...(first === undefined ? ['a letter of claim'] : []), ...lacking.map(({ words }) => words)];
    return [
      {
        outcome: 'block',
        reason: 'Before a court claim the office must send you a letter of claim, with what helps you to answer it.',
        earliestOn: null,
        missing: missing.join(', '),
      },
    ];
  },
  turningDates: proofDays,
};

/** The letters that reached the debtor, as far as is known, the earliest first. Their time runs once all was sent. */
function lettersOfClaim(debt: DebtSnapshot, date: IsoDate, waitDays: number, clocks: Clocks): readonly NoticeGiven[] {
  return noticesGiven(debt, GB_SUBJECTS.letterOfClaim, date, (sentOn) => {
    const from = completeOn(debt, sentOn, date) ?? sentOn;
    return addDays(clocks.nth('calendar', from, waitDays), 1);
  });
}

/** The day on which a letter of a day and all that belongs with it had been sent; null while something is lacking. */
function completeOn(debt: DebtSnapshot, sentOn: IsoDate, date: IsoDate): IsoDate | null {
  const enclosed = ENCLOSURES.flatMap(({ subject }) => enclosedOn(debt, subject, sentOn, date) ?? []);
  return enclosed.length < ENCLOSURES.length ? null : (enclosed.sort().at(-1) ?? null);
}

/** The first day from that of a letter on, or without one any day, on which something to be enclosed was sent. */
function enclosedOn(debt: DebtSnapshot, subject: string, sentOn: IsoDate | null, date: IsoDate): IsoDate | null {
  return provedOn(debt, subject, date).find((on) => sentOn === null || on >= sentOn) ?? null;
}
