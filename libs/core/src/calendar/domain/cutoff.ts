import type { IsoDate } from '@concord/plugin-sdk';
import type { BusinessCalendar } from './business-calendar.js';
import { addDays, daysInMonth, isoDate, monthOf } from './iso-date.js';
import { instantOf, localDate } from './time-zone.js';

/** A year and a month: whatever a schedule says, its next cutoff is nearer than this. */
const FURTHEST_CUTOFF_DAYS = 400;
/** First look for the next cutoff; most are within one month. */
const NEAR_DAYS = 35;

/** Cutoff on the last business day of each month. */
export interface LastBusinessDayCutoff {
  readonly every: 'month';
  readonly on: 'last-business-day';
  /** `HH:MM` in the connector's time zone. */
  readonly at: string;
}

/** Cutoff on a numbered day of each month. */
export interface DayOfMonthCutoff {
  readonly every: 'month';
  /** 1 to 31. A month without that day takes its last one. */
  readonly on: number;
  /** Where to go when the day is not a business day. Rolling may lead into the neighbouring month. */
  readonly roll: 'previous' | 'next';
  readonly at: string;
}

/** Cutoff on every business day. */
export interface BusinessDayCutoff {
  readonly every: 'business-day';
  readonly at: string;
}

/** When a partner's file is closed: what is known by then is in it. */
export type CutoffSchedule = LastBusinessDayCutoff | DayOfMonthCutoff | BusinessDayCutoff;

export interface Cutoff {
  /** The day on the partner's wall calendar. */
  readonly date: IsoDate;
  readonly at: Date;
}

/** The days after `afterExclusive`, up to and with `throughInclusive`, on which a schedule has its cutoff; in order. */
export function cutoffDatesBetween(
  schedule: CutoffSchedule,
  calendar: BusinessCalendar,
  afterExclusive: IsoDate,
  throughInclusive: IsoDate,
): readonly IsoDate[] {
  const candidates =
    schedule.every === 'business-day'
      ? businessDays(calendar, afterExclusive, throughInclusive)
      : monthlyDates(schedule, calendar, afterExclusive, throughInclusive);
  const within = candidates.filter((date) => date > afterExclusive && date <= throughInclusive);
  return [...new Set(within)].sort();
}

/**
 * The instant of the cutoff that a schedule has on a date. On a day on which the partner closes early, it is then: a file
 * that comes after nobody reads before the next day.
 */
export function cutoffInstant(
  schedule: CutoffSchedule,
  calendar: BusinessCalendar,
  date: IsoDate,
  timeZone: string,
): Date {
  const closesAt = calendar.closesAt(date);
  const at = closesAt !== null && closesAt < schedule.at ? closesAt : schedule.at;
  return instantOf(date, at, timeZone);
}

/**
 * The last day of which a cutoff would have come by an instant: that day on the partner's wall, or, before its hour, the
 * day before. Whether the schedule has a cutoff on it is another question.
 */
export function lastDayComeBy(
  schedule: CutoffSchedule,
  calendar: BusinessCalendar,
  instant: Date,
  timeZone: string,
): IsoDate {
  const today = localDate(instant, timeZone);
  return cutoffInstant(schedule, calendar, today, timeZone) <= instant ? today : addDays(today, -1);
}

/**
 * The first cutoff whose instant lies after `after`; one at that very instant has passed.
 *
 * @throws RangeError where the calendar does not reach far enough to know.
 */
export function nextCutoff(
  schedule: CutoffSchedule,
  calendar: BusinessCalendar,
  after: Date,
  timeZone: string,
): Cutoff {
  const yesterday = addDays(localDate(after, timeZone), -1);
  for (const reach of [NEAR_DAYS, FURTHEST_CUTOFF_DAYS]) {
    for (const date of cutoffDatesBetween(schedule, calendar, yesterday, addDays(yesterday, reach))) {
      const at = cutoffInstant(schedule, calendar, date, timeZone);
      if (at > after) return { date, at };
    }
  }
  throw new RangeError(`No cutoff within ${FURTHEST_CUTOFF_DAYS} days of ${yesterday}`);
}

function businessDays(calendar: BusinessCalendar, afterExclusive: IsoDate, throughInclusive: IsoDate): IsoDate[] {
  const found: IsoDate[] = [];
  for (let date = afterExclusive; date < throughInclusive;) {
    date = addDays(date, 1);
    if (calendar.isBusinessDay(date)) found.push(date);
  }
  return found;
}

function monthlyDates(
  schedule: LastBusinessDayCutoff | DayOfMonthCutoff,
  calendar: BusinessCalendar,
  afterExclusive: IsoDate,
  throughInclusive: IsoDate,
): IsoDate[] {
  // The last business day never leaves its month; a rolled day may, so the neighbouring months are looked at too.
  const spill = schedule.on === 'last-business-day' ? 0 : 1;
  const first = monthIndex(afterExclusive) - spill;
  const last = monthIndex(throughInclusive) + spill;
  const found: IsoDate[] = [];
  for (let index = first; index <= last; index += 1) {
    const year = Math.floor(index / 12);
    const month = (index % 12) + 1;
    found.push(
      schedule.on === 'last-business-day'
        ? calendar.lastBusinessDayOfMonth(year, month)
        : calendar.roll(isoDate(year, month, Math.min(schedule.on, daysInMonth(year, month))), schedule.roll),
    );
  }
  return found;
}

function monthIndex(date: IsoDate): number {
  const { year, month } = monthOf(date);
  return year * 12 + month - 1;
}
