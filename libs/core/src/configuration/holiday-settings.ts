import { z } from 'zod';
import { holidaySet } from '../calendar/holidays.js';

export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country code of two capitals, such as US');

/** Days of the week without work, by ISO 8601: 1 is Monday, 7 is Sunday. */
export const weekend = z
  .array(z.literal([1, 2, 3, 4, 5, 6, 7], 'must be a day of the week from 1 (Monday) to 7 (Sunday)'))
  .max(6, 'must leave a working day')
  .refine((days) => new Set(days).size === days.length, 'names a day twice');

/** Where holidays are looked up. */
export interface HolidayPlace {
  readonly country: string;
  /** State, province or nation as holiday calendars name it: `CA` in the United States, `ENG` in the United Kingdom. */
  readonly region?: string | undefined;
}

/** An unknown region would pass for one without holidays of its own, and files would go out on them. */
export function refuseUnknownPlace(
  { country, region }: HolidayPlace,
  context: z.core.$RefinementCtx<HolidayPlace>,
): void {
  try {
    holidaySet(country, region, 2026, 2026);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue({
      code: 'custom',
      path: region === undefined ? ['country'] : ['region'],
      message: error.message,
    });
  }
}
