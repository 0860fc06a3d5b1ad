import type { IntakeEntry, IntakeJudgment } from '../cases/domain/intake-row.js';
import { addDays } from '../calendar/domain/iso-date.js';
import type { DebtProfile } from './office-profile.js';
import type { SeededRandom } from './seeded-random.js';
import { sourceReference } from './source-reference.js';

/** Longest time that an invented court takes once it may decide, in days. */
const DECIDES_WITHIN = 200;

interface Judged {
  readonly judgment: IntakeJudgment | null;
  readonly entries: IntakeEntry[];
}

/**
 * The judgment on one invented debt, where its office sues for such: on what was charged by that day, with costs that are
 * charged on it. A debt on which something was paid before is not sued for.
 */
export function demoJudgment(
  { judgment: profile }: DebtProfile,
  number: number,
  days: { readonly delinquentOn: string; readonly delinquentDays: number },
  entries: IntakeEntry[],
  random: SeededRandom,
): Judged {
  const none: Judged = { judgment: null, entries };
  if (profile === undefined || days.delinquentDays <= profile.afterDays + 1 || !random.chance(profile.share))
    return none;
  const latest = Math.min(days.delinquentDays - 1, profile.afterDays + DECIDES_WITHIN);
  const enteredOn = addDays(days.delinquentOn, random.whole(profile.afterDays, latest));
  const before = entries.filter(({ on }) => on <= enteredOn);
  if (before.some(({ kind }) => kind === 'payment')) return none;
  const charged = (wanted: IntakeEntry['kind']): number =>
    before.reduce((sum, { kind, amountMinor }) => sum + (kind === wanted ? amountMinor : 0), 0);
  if (charged('assessment') < profile.minimumMinor) return none;
  const costs: IntakeEntry = { kind: 'fee', amountMinor: profile.costsMinor, on: enteredOn, reference: 'C1' };
  return {
    judgment: {
      court: profile.court,
      caseNumber: sourceReference(profile.caseNumber, number, enteredOn),
      enteredOn,
      principalMinor: charged('assessment'),
      interestMinor: charged('interest'),
      feesMinor: charged('fee'),
      costsMinor: profile.costsMinor,
      yearlyPercent: profile.yearlyPercent,
      // How long it can be enforced is law of the place, and none is invented here.
      enforceableUntil: null,
      against: null,
    },
    entries: [...entries, costs].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)),
  };
}
