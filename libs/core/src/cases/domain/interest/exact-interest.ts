import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, isoDate, monthOf } from '../../../calendar/domain/iso-date.js';
import { percentMillionths } from './terms.js';
import type { FrozenPeriod, InterestTerms } from './terms.js';

const YEAR = 365n;
const LEAP_YEAR = 366n;

/** Every exact amount is a whole number of these parts of a minor unit, whichever way days are counted. */
const PARTS = 100n * 1_000_000n * YEAR * LEAP_YEAR;

const DAY_MS = 86_400_000;

/**
 * Simple interest on one amount over days, exactly, in parts of a minor unit: sums over parts of a period are the sum over
 * the whole. What has no rate yet bears none.
 *
 * @param from first day that bears interest
 * @param to last day; nothing where it is before `from`
 */
export function exactInterest(
  baseMinor: number,
  from: IsoDate,
  to: IsoDate,
  { rates, dayCount }: Pick<InterestTerms, 'rates' | 'dayCount'>,
  frozen: readonly FrozenPeriod[],
): bigint {
  if (to < from || baseMinor <= 0) return 0n;
  const end = addDays(to, 1);
  const turns = [...turningDays(from, to, rates, frozen)].filter((day) => day > from && day < end).sort();
  let parts = 0n;
  for (const [index, start] of [from, ...turns].entries()) {
    const rate = rateOn(start, rates);
    if (rate === 0n || isFrozen(start, frozen)) continue;
    const days = daysBetween(start, turns[index] ?? end);
    const perDay = dayCount === 'actual/actual' && isLeap(monthOf(start).year) ? YEAR : LEAP_YEAR;
    parts += BigInt(baseMinor) * rate * BigInt(days) * perDay;
  }
  return parts;
}

/** Rounds an exact amount to the minor unit, halves up. Only ever done to what accrued since the beginning. */
export function roundedMinor(parts: bigint): number {
  return Number((2n * parts + PARTS) / (2n * PARTS));
}

function* turningDays(
  from: IsoDate,
  to: IsoDate,
  rates: InterestTerms['rates'],
  frozen: readonly FrozenPeriod[],
): Generator<IsoDate> {
  for (const rate of rates) yield rate.from;
  for (const period of frozen) {
    yield period.from;
    if (period.to !== null) yield addDays(period.to, 1);
  }
  for (let { year } = monthOf(from); year < monthOf(to).year; year += 1) yield isoDate(year + 1, 1, 1);
}

function rateOn(day: IsoDate, rates: InterestTerms['rates']): bigint {
  let held: InterestTerms['rates'][number] | null = null;
  for (const rate of rates) if (rate.from <= day && (held === null || rate.from > held.from)) held = rate;
  return held === null ? 0n : percentMillionths(held.yearlyPercent);
}

/** Whether a day is one of these, the first and the last of each included. */
export function isFrozen(day: IsoDate, frozen: readonly FrozenPeriod[]): boolean {
  return frozen.some(({ from, to }) => from <= day && (to === null || to >= day));
}

function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
