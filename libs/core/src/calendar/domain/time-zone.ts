import type { IsoDate } from '@concord/plugin-sdk';
import { isIsoDate } from './iso-date.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Making a formatter costs far more than using one, and a run asks about the same few zones again and again. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether a text is a time of day on the 24-hour clock, `00:00` to `23:59`. */
export function isTimeOfDay(text: string): boolean {
  return TIME_OF_DAY.test(text);
}

/**
 * The date on the wall calendar of a time zone at an instant.
 *
 * @param timeZone name in the IANA database, e.g. `America/St_Johns`.
 * @throws RangeError where the zone is unknown.
 */
export function localDate(instant: Date, timeZone: string): IsoDate {
  return new Date(wallClock(instant.getTime(), timeZone)).toISOString().slice(0, 10);
}

/**
 * The instant at which the clocks of a time zone show a date and time of day.
 *
 * A time that the clocks skip in spring moves forward by what was skipped (02:30 becomes 03:30). Of a time that they
 * show twice in autumn it is the first: a partner's cutoff may then be met early, never late.
 *
 * @param time `HH:MM` on the 24-hour clock.
 * @throws RangeError where the date, the time or the zone does not exist.
 */
export function instantOf(date: IsoDate, time: string, timeZone: string): Date {
  if (!isIsoDate(date)) throw new RangeError(`Not a date: ${date}`);
  if (!isTimeOfDay(time)) throw new RangeError(`Not a time of day: ${time}`);
  const wanted = Date.parse(`${date}T${time}:00Z`);
  // A zone changes its offset at most once in two days, so these are the only two that can be in force.
  const before = offsetAt(wanted - DAY_MS, timeZone);
  const after = offsetAt(wanted + DAY_MS, timeZone);
  const shown = [wanted - before, wanted - after].filter((at) => wallClock(at, timeZone) === wanted);
  return new Date(shown.length > 0 ? Math.min(...shown) : wanted - before);
}

/** What the zone's clocks show at an instant, written as if they showed UTC. Milliseconds, to the minute. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? Number.NaN;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

function offsetAt(at: number, timeZone: string): number {
  return wallClock(at, timeZone) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const kept = formatters.get(timeZone);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Whether a name is an IANA time zone that this system knows. Offsets such as +02:00 are not. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
