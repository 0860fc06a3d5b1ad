import type { IsoDate } from '@concord/plugin-sdk';
import type { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { cutoffDatesBetween } from '../../calendar/domain/cutoff.js';
import type { CutoffSchedule } from '../../calendar/domain/cutoff.js';
import { addDays } from '../../calendar/domain/iso-date.js';
import { instantOf, localDate } from '../../calendar/domain/time-zone.js';

const MINUTE_MS = 60_000;
/** Four months, or a month of business days: more than three dates in any calendar. */
const LOOK_BACK_DAYS = { month: 124, 'business-day': 31 } as const;

/** Where and since when a file is expected. */
export interface Expected {
  readonly schedule: CutoffSchedule;
  readonly graceMinutes: number;
  readonly calendar: BusinessCalendar;
  readonly timeZone: string;
  /** Nothing was expected before. */
  readonly since: Date;
}

export interface MissingFile {
  /** The dates of which a file is missing, in order. */
  readonly expectedOn: readonly IsoDate[];
  /** Fewer than there are dates where some came and it can't be said for which. */
  readonly files: number;
}

/**
 * Whether a file that comes regularly is missing at an instant.
 *
 * A file is that of the first date that had not passed when it came. One that comes late is taken for the date before it, if
 * that had none: then the next date still waits for its own. Further back nobody looks: a partner that left out a day and
 * comes regularly again is well.
 *
 * @param arrivals when files came, in any order
 * @returns null where nothing is missing
 */
export function missingFile(expected: Expected, now: Date, arrivals: readonly Date[]): MissingFile | null {
  const passed = passedDates(expected, now);
  const [beforeThat, previous, last] = [passed.at(-3), passed.at(-2), passed.at(-1)];
  if (!last || !last.isExpected) return null;
  const between = (from: PassedDate | undefined, to: Date): number =>
    arrivals.filter((at) => at.getTime() > (from?.at.getTime() ?? -Infinity) && at <= to).length;
  const previousIsOwed = previous?.isExpected === true && between(beforeThat, previous.at) === 0;
  const owed = previousIsOwed ? [previous.date, last.date] : [last.date];
  const files = owed.length - between(previous, now);
  return files > 0 ? { expectedOn: owed, files } : null;
}

interface PassedDate {
  readonly date: IsoDate;
  /** When it had to be there, with grace. */
  readonly at: Date;
  readonly isExpected: boolean;
}

function passedDates({ schedule, graceMinutes, calendar, timeZone, since }: Expected, now: Date): PassedDate[] {
  const today = localDate(now, timeZone);
  return cutoffDatesBetween(schedule, calendar, addDays(today, -LOOK_BACK_DAYS[schedule.every]), today)
    .map((date) => {
      const due = instantOf(date, schedule.at, timeZone);
      return { date, at: new Date(due.getTime() + graceMinutes * MINUTE_MS), isExpected: due > since };
    })
    .filter(({ at }) => at <= now);
}
