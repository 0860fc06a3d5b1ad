import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, addMonths } from '../../calendar/domain/iso-date.js';
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
