import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { instantOf, localDate } from '../../calendar/domain/time-zone.js';

const MIDNIGHT = '00:00';

/** The instant at which a day is over on the clocks of a time zone. */
export function endOfDay(date: IsoDate, timeZone: string): Date {
  return instantOf(addDays(date, 1), MIDNIGHT, timeZone);
}

/**
 * What counts as now at a partner. A business date that is run before it has come on the wall is over when it was run: what was
 * due on it has come or not.
 */
export function partnersNow(now: Date, businessDate: IsoDate, timeZone: string): Date {
  return businessDate > localDate(now, timeZone) ? endOfDay(businessDate, timeZone) : now;
}

/** When something happened, on the same scale: on a business date that was run before it had come, at its beginning. */
export function happenedAt(at: Date, businessDate: IsoDate, timeZone: string): Date {
  return businessDate > localDate(at, timeZone) ? instantOf(businessDate, MIDNIGHT, timeZone) : at;
}
