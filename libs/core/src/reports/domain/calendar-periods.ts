import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, daysInMonth, isoDate, monthOf } from '../../calendar/domain/iso-date.js';

export function firstOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 7)}-01`;
}

export function lastOfMonth(date: IsoDate): IsoDate {
  const { year, month } = monthOf(date);
  return isoDate(year, month, daysInMonth(year, month));
}

/** The last day of the month before. */
export function endOfMonthBefore(date: IsoDate): IsoDate {
  return addDays(firstOfMonth(date), -1);
}

/** The first day of the date's quarter: January, April, July or October. */
export function firstOfQuarter(date: IsoDate): IsoDate {
  const { year, month } = monthOf(date);
  return isoDate(year, month - ((month - 1) % 3), 1);
}

/** The same day so many years later; of a 29 February, the 28th where there is none. */
export function addYears(date: IsoDate, years: number): IsoDate {
  const { year, month } = monthOf(date);
  const day = Number(date.slice(8, 10));
  return isoDate(year + years, month, Math.min(day, daysInMonth(year + years, month)));
}
