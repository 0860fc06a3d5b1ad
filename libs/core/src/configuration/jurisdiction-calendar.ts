import type { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import type { Clock } from '../platform/clock.js';
import { calendarFromSettings } from './calendar-from-settings.js';
import type { Jurisdiction } from './jurisdiction-file.js';

const made = new WeakMap<Jurisdiction, BusinessCalendar>();

/** The days on which an office works, from a few years back to ten years ahead. */
export function jurisdictionCalendar(jurisdiction: Jurisdiction, clock: Clock): BusinessCalendar {
  const known = made.get(jurisdiction);
  if (known) return known;
  const { holidays, weekend, closures } = jurisdiction;
  const calendar = calendarFromSettings({ holidays, weekend, closures: closures.map(({ on }) => on) }, clock);
  made.set(jurisdiction, calendar);
  return calendar;
}
