import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { dayAfterMonths } from '../months.js';

/**
 * That no time limits the Crown's claims for taxes and fines was announced, and is to be confirmed in the present Act. Until
 * the office's counsel has done so (parameter `crownLimit`: `removed`), a claim for what is older than `years` is blocked.
 */
export const caNl03: Rule<{ crownLimit: string; years: number }> = {
  id: 'CA-NL-03',
  title: 'Old taxes and fines go to court only when counsel has confirmed that no limit bars them',
  jurisdictions: { ids: ['ca-nl'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'NLIS 18 Dec 2001',
  confirmed: 'yes',
  note: 'The announcement is confirmed, the present Act is not. After how many years a debt is old is chosen here; a debt whose kind nobody has said is held to it as well. Other debts are not judged: the register has no limit for them.',
  parameters: { crownLimit: 'unconfirmed', years: 6 },
  judge(debt, _act, date, { crownLimit, years }) {
    const { family } = debt.debt;
    const known = family !== null && family !== undefined;
    if (crownLimit === 'removed' || (known && family !== 'tax' && family !== 'fine')) return PASS;
    const from = runsFrom(debt);
    if (from !== null && date < dayAfterMonths(from, 12 * years)) return PASS;
    return [
      {
        outcome: 'block',
        reason:
          from === null
            ? 'It is not on record since when this debt is due, so it is not certain that it can still go to court.'
            : `This debt is due since ${from}. It is not certain that one so old can still go to court.`,
        earliestOn: null,
        missing: "counsel's confirmation that no time limit bars the Crown",
      },
    ];
  },
  turningDates(debt, { years }) {
    const from = runsFrom(debt);
    return from === null ? [] : [dayAfterMonths(from, 12 * years)];
  },
};

function runsFrom({ debt }: DebtSnapshot): IsoDate | null {
  const { dueOn, delinquentOn, incurredOn } = debt;
  return dueOn ?? [delinquentOn, incurredOn].filter((on) => on !== null).sort()[0] ?? null;
}
