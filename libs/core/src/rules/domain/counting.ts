import type { IsoDate } from '@concord/plugin-sdk';
import type { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { addDays, weekdayOf } from '../../calendar/domain/iso-date.js';
import type { ClockKind, Clocks } from './clocks.js';

const SUNDAY = 7;

/** Far more than the days of some years, by kind and number, that rules ask about. */
const MOST_KNOWN = 50_000;

/** The calendars of one jurisdiction, by what is counted in them. */
export interface CountingCalendars {
  /** The office's own working days. */
  readonly office: BusinessCalendar;
  /** Bank holidays, and those that stand beside them (Good Friday, Christmas Day). Of its weekend nothing is used. */
  readonly bank: BusinessCalendar;
  /** The days on which Bacs processes payments: Monday to Friday but bank holidays in England. */
  readonly bacs: BusinessCalendar;
}

/**
 * Counts days in the calendars of one jurisdiction.
 *
 * Days are dates on a wall calendar, without hours: a clock that goes forward or back makes no day more or less. What a
 * period begins with is an instant only until its date in the debtor's or the office's time zone is taken (`localDate`).
 *
 * The day from which is counted is never counted itself. For a period of law that begins on that very day, count from the
 * day before; where an act may come only after so many clear days, it may come on the day after the last of them.
 *
 * The clock `calendar` counts every date there is; all others refuse dates outside the years that their calendar covers.
 */
export class CalendarClocks implements Clocks {
  /** Debts by the million ask about the same few thousand days, and stepping from day to day costs more than looking. */
  private readonly known = new Map<string, IsoDate>();

  constructor(private readonly calendars: CountingCalendars) {}

  /**
   * The n-th day after `from` that the clock counts; with n = 0 `from` itself.
   *
   * @throws RangeError where `from` is no date, `n` is not a whole number from 0, or a day lies outside the years covered
   */
  nth(kind: ClockKind, from: IsoDate, n: number): IsoDate {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`Not a number of days to count: ${n}`);
    if (kind === 'calendar') return addDays(from, n);
    const asked = `${kind} ${n} ${from}`;
    const known = this.known.get(asked);
    if (known !== undefined) return known;
    const found = this.count(kind, from, n);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(asked, found);
    return found;
  }

  private count(kind: Exclude<ClockKind, 'calendar'>, from: IsoDate, n: number): IsoDate {
    const { office, bank, bacs } = this.calendars;
    switch (kind) {
      case 'business':
        return nthDay(from, n, (date) => office.isBusinessDay(date));
      case 'clear':
        // Saturdays count, whatever the calendar's weekend is: the regulation leaves out Sundays and holidays alone.
        return nthDay(from, n, (date) => !bank.isHoliday(date) && weekdayOf(date) !== SUNDAY);
      case 'working':
        return nthDay(from, n, (date) => bacs.isBusinessDay(date));
    }
  }
}

/** Asks about `from` too, though it is not counted: a calendar that does not cover it knows nothing of what follows it. */
function nthDay(from: IsoDate, n: number, counts: (date: IsoDate) => boolean): IsoDate {
  counts(from);
  let date = from;
  for (let left = n; left > 0;) {
    date = addDays(date, 1);
    if (counts(date)) left -= 1;
  }
  return date;
}
