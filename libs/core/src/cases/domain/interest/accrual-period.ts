import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, isoDate, monthOf } from '../../../calendar/domain/iso-date.js';

/** How often an office posts interest without being asked: a month or a day that is over, or never by itself. */
export const ACCRUAL_PERIODS = ['on-request', 'monthly', 'daily'] as const;
export type AccrualPeriod = (typeof ACCRUAL_PERIODS)[number];

/**
 * The last day whose interest is due to be posted on a day: a day bears interest on what is owed at its end, so that only
 * what is over counts. Null where nothing is posted without being asked.
 */
export function accruedThrough(period: AccrualPeriod, today: IsoDate): IsoDate | null {
  if (period === 'on-request') return null;
  if (period === 'daily') return addDays(today, -1);
  const { year, month } = monthOf(today);
  return addDays(isoDate(year, month, 1), -1);
}
