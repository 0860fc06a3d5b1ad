import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, daysInMonth, isoDate, monthOf } from '../../../calendar/domain/iso-date.js';

/**
 * The first day after a period of months that begins with `from`, that day included: the day of the same number, or where
 * the last month is too short for it, the first of the next. Twelve months from 29 February end on 28 February.
 */
export function dayAfterMonths(from: IsoDate, months: number): IsoDate {
  const { year, month } = monthOf(from);
  const index = year * 12 + month - 1 + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const day = Number(from.slice(8));
  const length = daysInMonth(target.year, target.month);
  return day <= length
    ? isoDate(target.year, target.month, day)
    : addDays(isoDate(target.year, target.month, length), 1);
}
