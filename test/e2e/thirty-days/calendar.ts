import { lastWeekday } from '../last-weekday.js';

/** Next year, so that no wall clock comes near. */
export const YEAR = new Date().getUTCFullYear() + 1;

/**
 * Thirty business days in a row, from the Monday of the week in which July ends: the ends of July and of August, which are
 * cutoffs of the bureaus, fall among them. The only holiday that any of the offices may have then is Labor Day, the first
 * Monday of September.
 */
export const THIRTY_DAYS: readonly string[] = businessDays(mondayOf(lastWeekday(YEAR, 7)), 30);

/** The bureaus' next cutoff after the thirty days. */
export const NEXT_CUTOFF = lastWeekday(YEAR, 9);

/** The days on which the bureaus' files are due. The very first day has a file of its own: all that there is. */
export const CUTOFFS: readonly string[] = [THIRTY_DAYS[0]!, lastWeekday(YEAR, 7), lastWeekday(YEAR, 8), NEXT_CUTOFF];

/** A date some days earlier or later. */
export function daysFrom(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** The Monday of the week of a date. */
export function mondayOf(date: string): string {
  return daysFrom(date, 1 - new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** So many weekdays in a row, from a date on, without Labor Day. */
export function businessDays(first: string, count: number): string[] {
  const days: string[] = [];
  for (let date = first; days.length < count; date = daysFrom(date, 1)) {
    const day = new Date(`${date}T00:00:00Z`);
    const laborDay = day.getUTCMonth() === 8 && day.getUTCDay() === 1 && day.getUTCDate() <= 7;
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6 && !laborDay) days.push(date);
  }
  return days;
}
