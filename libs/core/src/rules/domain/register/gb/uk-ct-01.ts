import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { lastProvedOn, proofDays } from '../proofs-about.js';
import { basisLacking } from './enforcement-basis.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/** The remedies under a liability order, by the act that uses each. */
const REMEDIES: { readonly [act in Act]?: { readonly subject: string; readonly words: string } } = {
  'enforce-judgment': { subject: GB_SUBJECTS.remedyEnforcementAgent, words: 'enforcement agents' },
  garnish: { subject: GB_SUBJECTS.remedyAttachmentOfEarnings, words: 'deductions from earnings' },
  lien: { subject: GB_SUBJECTS.remedyChargingOrder, words: 'a charging order' },
  intercept: { subject: GB_SUBJECTS.remedyBenefitDeductions, words: 'deductions from benefits' },
};

/**
 * Council tax is enforced under a liability order (`liability-order`), and by one remedy at a time: agents are not sent while
 * a charging order or deductions are at work. A remedy that began is on record (`remedy-enforcement-agent`,
 * `remedy-attachment-of-earnings`, `remedy-charging-order`, `remedy-benefit-deductions`), and blocks the others until a later
 * day on which it is on record that it has ended (`remedy-ended`).
 *
 * Any other debt is enforced under a judgment. Overpaid benefit is deducted from earnings without one, once it was unpaid for
 * 28 days. Deductions from benefits are asked for when there is no other way left (`other-recovery-exhausted`).
 */
export const ukCt01: Rule<{ unpaidDays: number }> = {
  id: 'UK-CT-01',
  title: 'An order before any remedy, and one remedy at a time for council tax',
  jurisdictions: { countries: ['GB'] },
  acts: ['enforce-judgment', 'garnish', 'lien', 'intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'CT (A&E) Regs 1992 reg 52',
  confirmed: 'partly',
  note: "The ombudsman's finding on one remedy at a time is confirmed, the text of the regulation is not. Every tax in England and Wales is taken for council tax; one remedy at a time is asked of debts whose kind nobody has said as well. The rest is from guides: that an order comes first, and that benefits come last, from guidance of the Department for Work and Pensions, and the 28 days from pages of several councils on direct earnings attachments.",
  parameters: { unpaidDays: 28 },
  judge: (debt, act, date, { unpaidDays }, clocks) => [
    ...basisLacking(debt, act, date, unpaidDays, clocks),
    ...otherRemedies(debt, act, date),
  ],
  turningDates: (debt) => [...proofDays(debt), debt.debt.judgmentOn ?? []].flat(),
};

function otherRemedies(debt: DebtSnapshot, act: Act, date: IsoDate): readonly Objection[] {
  const { family } = debt.debt;
  if (family !== 'tax' && family !== null && family !== undefined) return [];
  const endedOn = lastProvedOn(debt, [GB_SUBJECTS.remedyEnded], date);
  return Object.entries(REMEDIES)
    .filter(([other]) => other !== act)
    .flatMap(([, { subject, words }]) => {
      const begunOn = lastProvedOn(debt, [subject], date);
      if (begunOn === null || (endedOn !== null && endedOn > begunOn)) return [];
      const reason = `The office already enforces this debt by ${words}. It may use one way at a time.`;
      return [{ outcome: 'block' as const, reason, earliestOn: null, missing: `the end of ${words}` }];
    });
}
