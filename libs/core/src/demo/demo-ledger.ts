import type { IntakeEntry } from '../cases/domain/intake-row.js';
import { addDays } from '../calendar/domain/iso-date.js';
import type { DebtProfile } from './office-profile.js';
import type { SeededRandom } from './seeded-random.js';

/** Shares of debts on which something, and everything, was paid before they came to Concord. */
const PARTLY_PAID = 0.24;
const PAID_IN_FULL = 0.03;

/** The movements on one invented debt in the order of their dates, none after `asOf`. */
export function demoEntries(
  profile: DebtProfile,
  days: { readonly incurredOn: string; readonly delinquentOn: string; readonly delinquentDays: number },
  random: SeededRandom,
): IntakeEntry[] {
  const assessed = amountOf(profile, random);
  const entries: IntakeEntry[] = [{ kind: 'assessment', amountMinor: assessed, on: days.incurredOn, reference: 'A1' }];
  if (profile.lateFeeMinor > 0) {
    entries.push({ kind: 'fee', amountMinor: profile.lateFeeMinor, on: days.delinquentOn, reference: 'F1' });
  }
  const interest = Math.floor((assessed * profile.yearlyInterestBasisPoints) / 10_000);
  for (let year = 1; interest > 0 && year * 365 <= days.delinquentDays; year += 1) {
    entries.push({
      kind: 'interest',
      amountMinor: interest,
      on: addDays(days.delinquentOn, year * 365),
      reference: `I${year}`,
    });
  }
  const owed = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  entries.push(...payments(owed, days, random));
  return entries.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

function amountOf({ amounts }: DebtProfile, random: SeededRandom): number {
  if (!('from' in amounts)) return random.pick(amounts);
  // Cubed, because most public debts are small and a few are very large. Multiplication is exact on every machine alike.
  const fraction = random.fraction();
  return amounts.from + Math.floor((amounts.to - amounts.from) * fraction * fraction * fraction);
}

function payments(
  owed: number,
  days: { readonly delinquentOn: string; readonly delinquentDays: number },
  random: SeededRandom,
): IntakeEntry[] {
  const paidOn = () => addDays(days.delinquentOn, random.whole(1, days.delinquentDays));
  // The last day, so that interest of a later year is not paid before it was charged.
  if (random.chance(PAID_IN_FULL)) {
    return [
      { kind: 'payment', amountMinor: owed, on: addDays(days.delinquentOn, days.delinquentDays), reference: 'R1' },
    ];
  }
  if (!random.chance(PARTLY_PAID)) return [];
  const count = random.whole(1, 4);
  const share = Math.floor((owed * random.whole(5, 20)) / 100);
  if (share === 0) return [];
  return Array.from({ length: count }, (_, index) => ({
    kind: 'payment' as const,
    amountMinor: share,
    on: paidOn(),
    reference: `R${index + 1}`,
  }));
}
