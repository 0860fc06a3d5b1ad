import { z } from 'zod';
import { isTimeOfDay } from '../../calendar/domain/time-zone.js';
import type { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { calendarFromSettings } from '../../configuration/calendar-from-settings.js';
import { countryCode, refuseUnknownPlace, weekend } from '../../configuration/holiday-settings.js';
import type { Clock } from '../../platform/clock.js';

const date = z.iso.date('must be a date that exists, written YYYY-MM-DD');

/** When a partner works, where that is not when the office does. Its times of day are on the connector's `timeZone`. */
const calendarSettings = z
  .strictObject({
    country: countryCode,
    region: z.string().min(1).optional(),
    weekend: weekend.default([6, 7]),
    /** Days on which this partner is closed beside its holidays. */
    closures: z.array(date).default([]),
    /** Days on which it closes early: a cutoff is then at the latest. */
    halfDays: z
      .array(
        z.strictObject({
          date,
          closesAt: z.string().refine(isTimeOfDay, 'must be a time of day such as 13:00'),
        }),
      )
      .refine((days) => new Set(days.map((day) => day.date)).size === days.length, 'names a day twice')
      .default([]),
  })
  .superRefine(refuseUnknownPlace);

export type PartnerCalendarSettings = z.output<typeof calendarSettings>;

/** The part of a connector's entry that says on which days its partner works. */
export const partnerCalendarEntry = { calendar: calendarSettings.optional() };

/** By what the settings say: they are read from the database anew each time. Holidays of many years take a while. */
const made = new Map<string, BusinessCalendar>();

/** The days on which a partner works. */
export function partnerCalendar(settings: PartnerCalendarSettings, clock: Clock): BusinessCalendar {
  const text = JSON.stringify(settings);
  const known = made.get(text);
  if (known) return known;
  const { country, region, weekend: days, closures, halfDays } = settings;
  const calendar = calendarFromSettings(
    {
      holidays: { country, region },
      weekend: days,
      closures,
      halfDays: new Map(halfDays.map((half) => [half.date, half.closesAt])),
    },
    clock,
  );
  made.set(text, calendar);
  return calendar;
}
