import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';

/**
 * Nobody first learns of a debt from a credit report: before it is reported, the office has spoken with the consumer,
 * or written and waited long enough to learn that the letter or message could not be delivered.
 *
 * `waitDays` counts from the day of sending, that day included, as the examples to the comment count: sent on 1 May with
 * 14 days, the debt may be reported from 15 May. A notice that came back until that day is as if it had not been sent;
 * one that outlasted its time counts for good, and what comes back later changes nothing.
 */
export const usRegf01: Rule<{ waitDays: number }> = {
  id: 'US-REGF-01',
  title: 'Reported only after the consumer was told',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '12 CFR 1006.30(a)(1), comments 2 and 3',
  confirmed: 'yes',
  note: 'It binds debt collectors; an office that reports its own debts is held to it as well, as the more careful choice. Only what a person owes is judged, alone or with others, as a guarantor too: a report may name all of them.',
  parameters: { waitDays: 14 },
  judge(debt, _act, date, { waitDays }) {
    if (!isOwedByPerson(debt)) return PASS;
    const proofs = debt.proofs.filter(({ on }) => on <= date);
    if (proofs.some(({ kind }) => kind === 'conversation-held')) return PASS;
    const sent = proofs.flatMap(({ kind, on }) => (kind === 'notice-sent' ? [on] : []));
    const returned = proofs.flatMap(({ kind, on }) => (kind === 'notice-returned' ? [on] : []));
    // A returned notice does not say which one it was: it speaks against every notice that was still on its way.
    const earliestOn =
      sent
        .map((sentOn) => ({ sentOn, passesOn: addDays(sentOn, waitDays) }))
        .filter(({ sentOn, passesOn }) => !returned.some((on) => sentOn <= on && on <= passesOn))
        .map(({ passesOn }) => passesOn)
        .sort()[0] ?? null;
    if (earliestOn !== null && earliestOn <= date) return PASS;
    const missing = 'a letter or message that reached the debtor, or a conversation';
    const reason = inWords(sent.length > 0, earliestOn);
    return [{ outcome: 'block', reason, earliestOn, ...(earliestOn === null ? { missing } : {}) }];
  },
  turningDates: (debt) => debt.proofs.map(({ on }) => on),
};

function isOwedByPerson(debt: DebtSnapshot): boolean {
  return debt.parties.some(({ kind }) => kind === 'person');
}

function inWords(wasSent: boolean, earliestOn: IsoDate | null): string {
  if (earliestOn !== null) {
    return `The office has written to you about this debt. It may be reported from ${earliestOn}, unless that comes back as undeliverable.`;
  }
  return wasSent
    ? 'What the office wrote to you about this debt came back as undeliverable. Until you are told of it, it may not be reported.'
    : 'The office has not yet spoken with you or written to you about this debt. Until then it may not be reported.';
}
