import { YEAR, businessDays, daysFrom, mondayOf } from '../thirty-days/calendar.js';

/**
 * Sixty business days in a row, from the first Monday after Independence Day was observed. They end before Columbus Day, so
 * that Labor Day, which is left out, is the only holiday that any of the offices has among them.
 */
export const SIXTY_DAYS: readonly string[] = businessDays(mondayOf(daysFrom(`${YEAR}-07-06`, 6)), 60);

/** The same day some years earlier. For days that are in every year. */
export function yearsBefore(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
}
