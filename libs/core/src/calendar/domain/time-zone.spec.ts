import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './iso-date.js';
import { instantOf, isTimeOfDay, localDate } from './time-zone.js';

describe('the local date', () => {
  it.each([
    ['2026-03-08T04:59:00Z', 'America/Chicago', '2026-03-07'],
    ['2026-03-08T06:00:00Z', 'America/Chicago', '2026-03-08'],
    ['2026-07-01T02:29:59Z', 'America/St_Johns', '2026-06-30'],
    ['2026-07-01T02:30:00Z', 'America/St_Johns', '2026-07-01'],
    ['2026-06-30T23:00:00Z', 'Europe/London', '2026-07-01'],
    ['2028-02-29T23:59:59.999Z', 'UTC', '2028-02-29'],
  ])('of %s in %s is %s', (instant, zone, expected) => expect(localDate(new Date(instant), zone)).toBe(expected));
});

describe('the instant of a wall-clock time', () => {
  it.each([
    ['winter', '2026-01-30', '18:00', 'America/Chicago', '2026-01-31T00:00:00.000Z'],
    ['summer', '2026-07-31', '18:00', 'America/Chicago', '2026-07-31T23:00:00.000Z'],
    ['the evening before the clocks go forward', '2026-03-07', '23:59', 'America/Chicago', '2026-03-08T05:59:00.000Z'],
    ['just before they go forward', '2026-03-08', '01:59', 'America/Chicago', '2026-03-08T07:59:00.000Z'],
    [
      'a skipped time, which moves forward to 03:30',
      '2026-03-08',
      '02:30',
      'America/Chicago',
      '2026-03-08T08:30:00.000Z',
    ],
    ['just after they went forward', '2026-03-08', '03:00', 'America/Chicago', '2026-03-08T08:00:00.000Z'],
    ['a time shown twice, the first', '2026-11-01', '01:30', 'America/Chicago', '2026-11-01T06:30:00.000Z'],
    ['after the clocks went back', '2026-11-01', '02:00', 'America/Chicago', '2026-11-01T08:00:00.000Z'],
    ['a zone half an hour off', '2026-07-01', '00:00', 'America/St_Johns', '2026-07-01T02:30:00.000Z'],
    ['a skipped time in London', '2026-03-29', '01:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['a time shown twice in London', '2026-10-25', '01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['a shift of half an hour, skipped', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['midnight skipped', '2026-09-06', '00:30', 'America/Santiago', '2026-09-06T04:30:00.000Z'],
    ['a whole day skipped', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['a leap day', '2028-02-29', '12:00', 'America/Chicago', '2028-02-29T18:00:00.000Z'],
  ])('%s', (_, date, time, zone, expected) => expect(instantOf(date, time, zone).toISOString()).toBe(expected));

  it('gives back its own date, except where that time was skipped', () => {
    const zones = fc.constantFrom('America/Chicago', 'America/St_Johns', 'Europe/London', 'Asia/Kolkata');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 23 }), zones, (days, hour, zone) => {
        const date = addDays('2024-01-01', days);
        expect(localDate(instantOf(date, `${String(hour).padStart(2, '0')}:00`, zone), zone)).toBe(date);
      }),
    );
  });

  it('refuses what is no date, time or zone', () => {
    expect(['00:00', '23:59', '24:00', '7:00', '12:60'].map(isTimeOfDay)).toEqual([true, true, false, false, false]);
    expect(() => instantOf('2027-02-29', '12:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2027-02-28', '24:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2027-02-28', '12:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});
