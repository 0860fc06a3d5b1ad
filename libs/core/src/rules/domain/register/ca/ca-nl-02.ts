import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { ordersStanding, proofDays } from '../proofs-about.js';
import { notOverdue, overdueFrom } from './overdue-fine.js';
import { CA_SUBJECTS } from './proof-subjects.js';

/**
 * A fine goes to court (the act `file-claim`) when at least $300 of it is overdue, and to the Sheriff once it is registered
 * there (`fine-registered`, or the date of a judgment). When it is paid, the registration is discharged (`close`).
 * Any other debt goes to the Sheriff under a registered judgment as well.
 */
export const caNl02: Rule<{ minimumMinor: number; releaseBusinessDays: number }> = {
  id: 'CA-NL-02',
  title: 'Fines of $300 or more, registered before the Sheriff enforces them',
  jurisdictions: { ids: ['ca-nl'] },
  acts: ['file-claim', 'enforce-judgment', 'garnish', 'lien'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Government of NL, Fines Administration',
  confirmed: 'yes',
  note: 'Looked at fine by fine: that several small ones add up is not in the register. Registration at the Supreme Court is the act file-claim; that it is done once a month is the schedule of the connector. A debt whose kind nobody has said is held to it as well. That other debts need a registered judgment is from headings of the Judgment Enforcement Act (s.38), whose text was not seen. That a discharge is entered within one business day is chosen here.',
  parameters: { minimumMinor: 30_000, releaseBusinessDays: 1 },
  judge(debt, act, date, { minimumMinor, releaseBusinessDays }) {
    const { family } = debt.debt;
    if (family !== 'fine' && family !== null && family !== undefined) return unregistered(debt, act, date);
    const { ledger } = debt;
    if (isPaid(ledger) || ledger.settled) {
      const release = { withinBusinessDays: releaseBusinessDays };
      return [{ outcome: 'close', reason: endingInWords(ledger), earliestOn: null, release }];
    }
    return [...tooSmall(debt, act, minimumMinor), ...notOverdue(debt, date), ...unregistered(debt, act, date)];
  },
  turningDates: (debt) => [...proofDays(debt), overdueFrom(debt) ?? [], debt.debt.judgmentOn ?? []].flat(),
};

function tooSmall({ ledger }: DebtSnapshot, act: Act, minimumMinor: number): readonly Objection[] {
  if (ledger.balanceMinor >= minimumMinor) return [];
  const kept = act === 'file-claim' ? 'It is not registered at court.' : 'The Sheriff is not asked to enforce it.';
  const reason = `Less than ${minimumMinor / 100} dollars of this fine are overdue. ${kept}`;
  return [{ outcome: 'block', reason, earliestOn: null }];
}

function unregistered(debt: DebtSnapshot, act: Act, date: IsoDate): readonly Objection[] {
  const { judgmentOn } = debt.debt;
  const registered =
    ordersStanding(debt, CA_SUBJECTS.fineRegistered, date).length > 0 ||
    (judgmentOn !== null && judgmentOn !== undefined && judgmentOn <= date);
  if (act === 'file-claim' || registered) return [];
  const reason = 'This debt is not registered at the Supreme Court. Until then the Sheriff may not enforce it.';
  return [{ outcome: 'block', reason, earliestOn: null, missing: 'the registration at the Supreme Court' }];
}
