import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { dayAfterMonths } from '../months.js';

/**
 * No claim is issued once six years have passed since the debt fell due, nor on a judgment older than that. Where it is not on
 * record since when the debt is due, a claim is blocked as well.
 */
export const ukLim01: Rule<{ years: number }> = {
  id: 'UK-LIM-01',
  title: 'No court claim for a debt older than six years',
  jurisdictions: { countries: ['GB'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Limitation Act 1980 ss.5, 9, 24',
  confirmed: 'no',
  note: 'The day on which the debt fell due is the first of the six years, as the more careful reading. Payments and acknowledgements are not taken to begin them anew. Without a due date the earlier of the dates of delinquency and of the debt itself counts.',
  parameters: { years: 6 },
  judge(debt, _act, date, { years }) {
    const from = runsFrom(debt);
    if (from === null) {
      return [
        {
          outcome: 'block',
          reason:
            'It is not on record since when this debt is due, so the office can not tell whether it is too late for a court claim.',
          earliestOn: null,
          missing: 'the date on which the debt fell due',
        },
      ];
    }
    if (date < dayAfterMonths(from, 12 * years)) return PASS;
    const reason = `More than ${years} years have passed since ${from}. It is too late for a court claim for this debt.`;
    return [{ outcome: 'block', reason, earliestOn: null }];
  },
  turningDates(debt, { years }) {
    const from = runsFrom(debt);
    return from === null ? [] : [dayAfterMonths(from, 12 * years)];
  },
};

/** A judgment begins a time of its own. */
function runsFrom({ debt }: DebtSnapshot): IsoDate | null {
  const { judgmentOn, dueOn, delinquentOn, incurredOn } = debt;
  return judgmentOn ?? dueOn ?? [delinquentOn, incurredOn].filter((on) => on !== null).sort()[0] ?? null;
}
