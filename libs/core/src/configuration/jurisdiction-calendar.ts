import { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import { holidaySet } from '../calendar/holidays.js';
import type { Clock } from '../platform/clock.js';
import type { Jurisdiction } from './jurisdiction-file.js';

const YEARS_BACK = 3;
const YEARS_AHEAD = 10;

const made = new WeakMap<Jurisdiction, BusinessCalendar>();

/** The days on which an office works, from a few years back to ten years ahead. */
export function jurisdictionCalendar(jurisdiction: Jurisdiction, clock: Clock): BusinessCalendar {
  const known = made.get(jurisdiction);
  if (known) return known;
  const year = clock.now().getUTCFullYear();
  const years = { from: year - YEARS_BACK, to: year + YEARS_AHEAD };
  const { country, region } = jurisdiction.holidays;
  const calendar = new BusinessCalendar({
    weekend: jurisdiction.weekend,
    holidays: holidaySet(country, region, years.from, years.to),
    closures: new Set(jurisdiction.closures.map(({ on }) => on)),
    years,
  });
  made.set(jurisdiction, calendar);
  return calendar;
}
