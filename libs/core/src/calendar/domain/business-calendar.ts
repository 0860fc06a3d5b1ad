import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, daysInMonth, isoDate, weekdayOf } from './iso-date.js';
import type { Weekday } from './iso-date.js';

/** No office closes for so long; a search that runs further has been given a wrong calendar. */
const LONGEST_CLOSURE_DAYS = 366;

export interface BusinessCalendarDays {
  /** Days of the week on which nobody works, e.g. `[6, 7]` for Saturday and Sunday. */
  readonly weekend: readonly Weekday[];
  readonly holidays: ReadonlySet<IsoDate>;
  /** Further days on which this office or partner is closed. */
  readonly closures: ReadonlySet<IsoDate>;
  /** Business days on which work ends early, with the time of day at which it does. */
  readonly halfDays?: ReadonlyMap<IsoDate, string>;
  /**
   * First and last year that `holidays` covers. A date outside them is refused: a calendar without data would call
   * every holiday of that year a business day. Left out, any year is answered.
   */
  readonly years?: { readonly from: number; readonly to: number };
}

/**
 * The days on which an office or a partner works. Deadlines and cutoffs are counted in them.
 *
 * Every method throws RangeError for a date outside the years that the calendar covers.
 */
export class BusinessCalendar {
  private readonly weekend: ReadonlySet<Weekday>;

  constructor(private readonly days: BusinessCalendarDays) {
    this.weekend = new Set(days.weekend);
    if (this.weekend.size === 7) throw new RangeError('A calendar needs at least one working day in the week');
  }

  isBusinessDay(date: IsoDate): boolean {
    return !this.isHoliday(date) && !this.weekend.has(weekdayOf(date));
  }

  /** Whether a day is a holiday or a closure, whatever day of the week it is. */
  isHoliday(date: IsoDate): boolean {
    this.refuseOutside(date);
    return this.days.holidays.has(date) || this.days.closures.has(date);
  }

  /** When work ends early on a day, as `HH:MM` on the calendar's own clock; null on any other day. */
  closesAt(date: IsoDate): string | null {
    this.refuseOutside(date);
    return this.days.halfDays?.get(date) ?? null;
  }

  /** The first business day after `date`. */
  nextBusinessDay(date: IsoDate): IsoDate {
    return this.seek(addDays(date, 1), 1);
  }

  /** The last business day before `date`. */
  previousBusinessDay(date: IsoDate): IsoDate {
    return this.seek(addDays(date, -1), -1);
  }

  /** `date` itself where it is a business day, else the nearest one in the direction. */
  roll(date: IsoDate, direction: 'previous' | 'next'): IsoDate {
    return this.seek(date, direction === 'next' ? 1 : -1);
  }

  /**
   * The date so many business days later, counted from the day after `date`; earlier where `days` is negative.
   * Zero days from a day that is not a business day is the next one, because nobody can act before it.
   */
  addBusinessDays(date: IsoDate, days: number): IsoDate {
    if (!Number.isInteger(days)) throw new RangeError(`Not a whole number of days: ${days}`);
    if (days === 0) return this.roll(date, 'next');
    let found = date;
    for (let left = Math.abs(days); left > 0; left -= 1) {
      found = days > 0 ? this.nextBusinessDay(found) : this.previousBusinessDay(found);
    }
    return found;
  }

  /** The last business day of a month (1 to 12). */
  lastBusinessDayOfMonth(year: number, month: number): IsoDate {
    return this.roll(isoDate(year, month, daysInMonth(year, month)), 'previous');
  }

  private seek(from: IsoDate, step: 1 | -1): IsoDate {
    let date = from;
    for (let tried = 0; tried <= LONGEST_CLOSURE_DAYS; tried += 1) {
      if (this.isBusinessDay(date)) return date;
      date = addDays(date, step);
    }
    throw new RangeError(`No business day within ${LONGEST_CLOSURE_DAYS} days of ${from}`);
  }

  private refuseOutside(date: IsoDate): void {
    const { years } = this.days;
    if (years === undefined) return;
    const year = Number(date.slice(0, 4));
    if (year < years.from || year > years.to) {
      throw new RangeError(`The calendar covers ${years.from} to ${years.to}, not ${date}`);
    }
  }
}
