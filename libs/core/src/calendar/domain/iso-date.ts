import type { IsoDate } from '@concord/plugin-sdk';

const DAY_MS = 86_400_000;
const YEARS = { first: 100, last: 9_999 };
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The first and the last date that are counted with: they can be written with four digits, stored and compared as text. What is counted beyond them is the first or
 * the last itself: a period without an end is often recorded as one to the last day, and no sum may make it one that is over.
 */
export const FIRST_DATE: IsoDate = '0100-01-01';
export const LAST_DATE: IsoDate = '9999-12-31';

/** Day of the week as ISO 8601 numbers it: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Whether a text is a date of the calendar: `2028-02-29` is, `2027-02-29` is not. */
export function isIsoDate(text: string): boolean {
  const parts = SHAPE.exec(text);
  if (parts === null) return false;
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return formatUtcDay(at) === text;
}

/**
 * The date so many days later, or earlier where `days` is negative; at most {@link LAST_DATE}. Whole days only.
 *
 * @throws RangeError where `date` is not a date of the calendar.
 */
export function addDays(date: IsoDate, days: number): IsoDate {
  return withinDates(utcDay(date) + days * DAY_MS);
}

/** The same day so many months later, or the last of a month that is too short for it. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month } = monthOf(date);
  const index = year * 12 + month - 1 + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const day = Math.min(Number(date.slice(8)), daysInMonth(target.year, target.month));
  return isoDate(target.year, target.month, day);
}

export function weekdayOf(date: IsoDate): Weekday {
  const sundayIsZero = new Date(utcDay(date)).getUTCDay();
  return (sundayIsZero === 0 ? 7 : sundayIsZero) as Weekday;
}

/** Number of days in a month, 28 to 31. `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The date of a year, month (1 to 12) and day (from 1); {@link LAST_DATE} of a year that has more than four digits. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  if (year > YEARS.last) return LAST_DATE;
  if (year < YEARS.first) return FIRST_DATE;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Year and month (1 to 12) of a date. */
export function monthOf(date: IsoDate): { readonly year: number; readonly month: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

function utcDay(date: IsoDate): number {
  if (!isIsoDate(date)) throw new RangeError(`Not a date: ${date}`);
  return Date.parse(`${date}T00:00:00Z`);
}

function withinDates(at: number): IsoDate {
  if (at >= Date.parse(LAST_DATE)) return LAST_DATE;
  if (at <= Date.parse(FIRST_DATE)) return FIRST_DATE;
  return formatUtcDay(at);
}

function formatUtcDay(at: number): IsoDate {
  return new Date(at).toISOString().slice(0, 10);
}
