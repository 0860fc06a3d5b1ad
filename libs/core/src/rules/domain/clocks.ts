import type { IsoDate } from '@concord/plugin-sdk';

/**
 * How the days of a period are counted:
 *
 * - `calendar`: every day; what statutes call days, and Regulation F consecutive days;
 * - `business`: the office's own working days;
 * - `clear`: neither Sundays nor bank holidays, nor Good Friday or Christmas Day (SI 2013/1894 reg 6);
 * - `working`: days on which Bacs processes payments.
 */
export type ClockKind = 'calendar' | 'business' | 'clear' | 'working';

/** Counts days in one jurisdiction. */
export interface Clocks {
  /**
   * The n-th day after `from` that the clock counts; `from` itself is never one of them. Where an act may come only once n
   * days have passed in full, it may come on the day after this one.
   *
   * @throws RangeError for dates outside the years that the calendar covers
   */
  nth(kind: ClockKind, from: IsoDate, n: number): IsoDate;
}
