import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, daysInMonth, isoDate, monthOf } from '../../calendar/domain/iso-date.js';
import type { Frequency } from './plan-terms.js';

const DAYS: Readonly<Record<Exclude<Frequency, 'monthly'>, number>> = { weekly: 7, fortnightly: 14 };

/**
 * The day of the instalment so many places after the first, before it is moved off a day without work. Months are counted
 * from the first day, not from the one before: from the 31st comes the last of February, and then the 31st of March.
 *
 * @param place 0 for the first instalment
 */
export function dueDate(first: IsoDate, frequency: Frequency, place: number): IsoDate {
  return frequency === 'monthly' ? addMonths(first, place) : addDays(first, DAYS[frequency] * place);
}

/** The same day so many months later, or the last of a month that is too short for it. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month } = monthOf(date);
  const index = year * 12 + month - 1 + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const day = Math.min(Number(date.slice(8)), daysInMonth(target.year, target.month));
  return isoDate(target.year, target.month, day);
}
