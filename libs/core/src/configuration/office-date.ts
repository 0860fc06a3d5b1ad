import type { IsoDate } from '@concord/plugin-sdk';
import { localDate } from '../calendar/domain/time-zone.js';
import { addDays } from '../calendar/domain/iso-date.js';
import { jurisdictionCalendar } from './jurisdiction-calendar.js';
import type { Jurisdiction } from './jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';

/** An office's today: the date on its wall, but never before the last day that was run for it. */
export async function officeDate(on: Queryable, clock: Clock, jurisdictionId: string): Promise<IsoDate> {
  const [row] = await rows<{ time_zone: string; last_day: string | null }>(
    on,
    'select time_zone, last_day from cases_v1.jurisdiction where id = $1',
    [jurisdictionId],
  );
  if (!row) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
  const wall = localDate(clock.now(), row.time_zone);
  return row.last_day !== null && row.last_day > wall ? row.last_day : wall;
}

/** The latest day, not after today anywhere, on which every one of these offices works. */
export function latestCommonBusinessDay(jurisdictions: readonly Jurisdiction[], clock: Clock): IsoDate {
  const today = jurisdictions.map(({ timeZone }) => localDate(clock.now(), timeZone)).sort()[0]!;
  const calendars = jurisdictions.map((jurisdiction) => jurisdictionCalendar(jurisdiction, clock));
  let date = today;
  while (!calendars.every((calendar) => calendar.isBusinessDay(date))) date = addDays(date, -1);
  return date;
}
