import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, daysInMonth, isoDate, monthOf } from '../../../../calendar/domain/iso-date.js';

/**
 * The same day so many years later. 29 February becomes the 28th in a year without one: a period that limits the office
 * ends a day early rather than late.
 */
export function anniversary(date: IsoDate, years: number): IsoDate {
  const { year, month } = monthOf(date);
  const day = Number(date.slice(8, 10));
  return isoDate(year + years, month, Math.min(day, daysInMonth(year + years, month)));
}

/** The earlier of the dates that are known; null where none is. */
export function earliestOf(...dates: readonly (IsoDate | null | undefined)[]): IsoDate | null {
  return dates.filter((date) => typeof date === 'string').sort()[0] ?? null;
}

/** The first day on which so many days have passed in full since `date`, which is not counted. */
export function afterFullDays(date: IsoDate, days: number): IsoDate {
  return addDays(date, days + 1);
}
