import Holidays from 'date-holidays';
import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from './domain/iso-date.js';

const DAY_MS = 86_400_000;

/**
 * Public and bank holidays of a country, with its own substitute days, as dates on its wall calendar.
 *
 * @param country ISO 3166-1 alpha-2.
 * @param region second half of the ISO 3166-2 code (`TX`, `NL`, `ENG`); undefined for the national days only.
 * @throws RangeError where the country or the region is unknown: without it, every holiday would be a business day.
 */
export function holidaySet(
  country: string,
  region: string | undefined,
  fromYear: number,
  toYear: number,
): ReadonlySet<IsoDate> {
  const source = region === undefined ? new Holidays(country) : new Holidays(country, region);
  refuseUnknown(source, country, region);
  const days = new Set<IsoDate>();
  for (let year = fromYear; year <= toYear; year += 1) {
    for (const holiday of source.getHolidays(year)) {
      if (holiday.type !== 'public' && holiday.type !== 'bank') continue;
      for (const date of datesOf(holiday.date, holiday.start, holiday.end)) days.add(date);
    }
  }
  return days;
}

function refuseUnknown(source: Holidays, country: string, region: string | undefined): void {
  if (source.getCountries()[country] === undefined)
    throw new RangeError(`No holidays are known for country ${country}`);
  if (region !== undefined && source.getStates(country)?.[region] === undefined) {
    throw new RangeError(`No holidays are known for region ${region} of ${country}`);
  }
}

/** A holiday may last several days. A clock change makes it an hour longer or shorter, so days are rounded. */
function datesOf(start: string, from: Date, to: Date): IsoDate[] {
  const first = start.slice(0, 10);
  const length = Math.max(1, Math.round((to.getTime() - from.getTime()) / DAY_MS));
  return Array.from({ length }, (_, index) => addDays(first, index));
}
