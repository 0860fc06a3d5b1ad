import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { anniversary, earliestOf } from './anniversary.js';
import { block } from './objections.js';

/** Years by kind of debt; `years` where the kind has none of its own. */
interface LimitationYears {
  readonly [name: string]: number;
  readonly years: number;
  readonly yearsForTax: number;
  readonly yearsForFine: number;
  readonly yearsForMedical: number;
  /** From the judgment, until it is dormant, where its last day is not on record. */
  readonly judgmentYears: number;
}

/**
 * No court is asked for a debt whose time to sue has run out, nor to enforce a judgment that has gone dormant, nor to
 * garnish on one. The time to sue runs from the day on which the debt was due or first overdue, the earlier of them,
 * else from the day on which it arose; no payment and no promise starts it anew. Enforcing and garnishing need a
 * judgment on record: until its last day, as last renewed, where the office has recorded it, else for a number of years from
 * its day. Once the time has run out, no day opens it again.
 */
export const usSol01: Rule<LimitationYears> = {
  id: 'US-SOL-01',
  title: 'The time to sue, or to enforce a judgment, has not run out',
  jurisdictions: { countries: ['US'] },
  acts: ['file-claim', 'enforce-judgment', 'garnish'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'state law',
  confirmed: 'no',
  note: "The register has no numbers: each State sets its own for each kind of debt. The defaults are short, so that an office whose counsel has not set its State's blocks too much and never too little. What stops or restarts the time in the office's favour is not used.",
  parameters: { years: 3, yearsForTax: 3, yearsForFine: 3, yearsForMedical: 3, judgmentYears: 5 },
  judge(debt, act, date, parameters) {
    if (act === 'file-claim') {
      const late = tooLateFrom(debt, parameters);
      return late === null || date < late
        ? PASS
        : [block(`The time in which the office could sue you for this debt ended before ${late}.`)];
    }
    const { judgmentOn } = debt.debt;
    if (!judgmentOn || judgmentOn > date) {
      const reason = 'No judgment for this debt is on record.';
      return [block(reason, { earliestOn: judgmentOn ?? null, missing: 'the judgment and its date' })];
    }
    const dormantOn = dormantFrom(debt, judgmentOn, parameters);
    return date < dormantOn
      ? PASS
      : [block(`The judgment for this debt is too old to be enforced since ${dormantOn}.`)];
  },
  turningDates(debt, parameters) {
    const { judgmentOn } = debt.debt;
    const late = tooLateFrom(debt, parameters);
    return [
      ...(late === null ? [] : [late]),
      ...(judgmentOn ? [judgmentOn, dormantFrom(debt, judgmentOn, parameters)] : []),
    ];
  },
};

/** The first day on which a judgment can't be enforced any more. */
function dormantFrom({ debt }: DebtSnapshot, judgmentOn: IsoDate, { judgmentYears }: LimitationYears): IsoDate {
  return debt.judgmentUntil ? addDays(debt.judgmentUntil, 1) : anniversary(judgmentOn, judgmentYears);
}

/** The day from which the time to sue runs; null where none is known. */
export function timeRunsFrom({ debt }: DebtSnapshot): IsoDate | null {
  return earliestOf(debt.dueOn, debt.delinquentOn) ?? debt.incurredOn;
}

/** The first day on which it is too late; null where it is not known from when the time runs (US-REGF-07 blocks that). */
function tooLateFrom(debt: DebtSnapshot, parameters: LimitationYears): IsoDate | null {
  const from = timeRunsFrom(debt);
  return from === null ? null : anniversary(from, yearsFor(debt.debt.family ?? null, parameters));
}

function yearsFor(family: string | null, parameters: LimitationYears): number {
  const { years, yearsForTax, yearsForFine, yearsForMedical } = parameters;
  if (family === 'tax') return yearsForTax;
  if (family === 'fine') return yearsForFine;
  return family === 'medical' ? yearsForMedical : years;
}
