import type { IsoDate } from '@concord/plugin-sdk';

const DAY = 24 * 60 * 60 * 1000;

/** The date so many calendar days later. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
