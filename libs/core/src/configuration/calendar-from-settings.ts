import { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import type { Weekday } from '../calendar/domain/iso-date.js';
import { holidaySet } from '../calendar/holidays.js';
import type { Clock } from '../platform/clock.js';
import type { HolidayPlace } from './holiday-settings.js';

const YEARS_BACK = 3;
const YEARS_AHEAD = 10;

/** The working days of an office or a partner, as settings describe them. */
export interface CalendarSettings {
  readonly holidays: HolidayPlace;
  readonly weekend: readonly Weekday[];
  readonly closures: readonly string[];
  readonly halfDays?: ReadonlyMap<string, string>;
}

/** The calendar that settings describe, from a few years back to ten years ahead. */
export function calendarFromSettings(settings: CalendarSettings, clock: Clock): BusinessCalendar {
  const year = clock.now().getUTCFullYear();
  const years = { from: year - YEARS_BACK, to: year + YEARS_AHEAD };
  const { country, region } = settings.holidays;
  return new BusinessCalendar({
    weekend: settings.weekend,
    holidays: holidaySet(country, region, years.from, years.to),
    closures: new Set(settings.closures),
    ...(settings.halfDays === undefined ? {} : { halfDays: settings.halfDays }),
    years,
  });
}
