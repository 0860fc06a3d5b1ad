import type { IsoDate } from '@concord/plugin-sdk';
import { endOfMonthBefore, firstOfMonth } from './calendar-periods.js';
import type { ReportPeriod } from './report.js';

/** The days that somebody asks for; null where they leave it open. */
export interface AskedDays {
  readonly asOf: IsoDate | null;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

export type DaysFault = 'days-not-meant' | 'days-reversed' | 'date-in-future';

export type DaysResult =
  | { readonly ok: true; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly ok: false; readonly code: DaysFault; readonly message: string };

/**
 * The days of a report. About one day: `asOf`, by default today. Over a span: `from` and `to`, by default this month until
 * today. Of a month: `asOf` is its last day that counts, by default the end of last month, which is the last that is over.
 */
export function reportDays(period: ReportPeriod, asked: AskedDays, today: IsoDate): DaysResult {
  const { asOf, from, to } = asked;
  if (period === 'span' ? asOf !== null : from !== null || to !== null) {
    return fault('days-not-meant', period === 'span' ? 'it is over a span: from and to' : 'it is about one day: asOf');
  }
  const last = period === 'span' ? (to ?? today) : (asOf ?? (period === 'month' ? endOfMonthBefore(today) : today));
  const first = period === 'day' ? last : ((period === 'span' ? from : null) ?? firstOfMonth(last));
  if (last > today) return fault('date-in-future', `${last} is after ${today}, the office's today`);
  if (first > last) return fault('days-reversed', `${first} is after ${last}`);
  return { ok: true, from: first, to: last };
}

function fault(code: DaysFault, message: string): DaysResult {
  return { ok: false, code, message };
}
