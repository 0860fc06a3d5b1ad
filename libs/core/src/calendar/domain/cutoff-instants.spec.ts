import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessCalendar } from './business-calendar.js';
import { cutoffDatesBetween, cutoffInstant, lastDayComeBy, nextCutoff } from './cutoff.js';
import type { CutoffSchedule } from './cutoff.js';
import { addDays, weekdayOf } from './iso-date.js';
import { localDate } from './time-zone.js';

const MINUTE = 60_000;
const NO_DAYS = new Set<string>();
const everyDay = new BusinessCalendar({ weekend: [], holidays: NO_DAYS, closures: NO_DAYS });
const office = (holidays: readonly string[] = [], halfDays: Record<string, string> = {}): BusinessCalendar =>
  new BusinessCalendar({
    weekend: [6, 7],
    holidays: new Set(holidays),
    closures: NO_DAYS,
    halfDays: new Map(Object.entries(halfDays)),
  });

describe('a cutoff on a half day', () => {
  const calendar = office([], { '2026-12-24': '13:00', '2026-12-31': '20:00' });
  it.each([
    ['is when the partner closes', '2026-12-24', '2026-12-24T19:00:00.000Z'],
    ['is at its own hour where that is earlier', '2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['is at its own hour on any other day', '2026-12-23', '2026-12-24T00:00:00.000Z'],
  ])('%s', (_, date, expected) => {
    const daily: CutoffSchedule = { every: 'business-day', at: '18:00' };
    expect(cutoffInstant(daily, calendar, date, 'America/Chicago').toISOString()).toBe(expected);
    expect(nextCutoff(daily, calendar, new Date(Date.parse(expected) - 1), 'America/Chicago')).toEqual({
      date,
      at: new Date(expected),
    });
  });

  it('is none where the partner does not work at all', () => {
    const closed = office(['2026-12-24'], { '2026-12-24': '13:00' });
    const daily: CutoffSchedule = { every: 'business-day', at: '18:00' };
    expect(cutoffDatesBetween(daily, closed, '2026-12-23', '2026-12-25')).toEqual(['2026-12-25']);
  });
});

/** The nights on which clocks change, with the offsets before and after in minutes and the hour's start. */
const CHANGES = [
  ['America/Los_Angeles', '2026-03-08', '2026-11-01'],
  ['America/St_Johns', '2026-03-08', '2026-11-01'],
  ['Europe/London', '2026-03-29', '2026-10-25'],
] as const;

describe('a cutoff at an hour that the clocks skip or show twice', () => {
  it.each(CHANGES.flatMap(([zone, ...nights]) => nights.map((night) => [zone, night] as const)))(
    'in %s on %s comes once, whatever the minute',
    (zone, night) => {
      for (let minute = 0; minute < 240; minute += 15) {
        const at = `0${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
        const schedule: CutoffSchedule = { every: 'business-day', at };
        // What a process sees that looks every five minutes from the evening before until the morning after next.
        const seen: string[] = [];
        for (let now = Date.parse(`${addDays(night, -1)}T12:00:00Z`); seen.length < 200; now += 5 * MINUTE) {
          if (now > Date.parse(`${addDays(night, 1)}T18:00:00Z`)) break;
          const day = lastDayComeBy(schedule, everyDay, new Date(now), zone);
          if (seen.at(-1) !== day) seen.push(day);
        }
        expect(seen).toEqual([...new Set(seen)].sort());
        expect(seen.filter((day) => day === night)).toHaveLength(1);
      }
    },
  );

  it.each([
    ['America/Los_Angeles', '2026-03-08', '02:30', '2026-03-08T10:30:00.000Z'],
    ['America/Los_Angeles', '2026-11-01', '01:30', '2026-11-01T08:30:00.000Z'],
    ['America/St_Johns', '2026-03-08', '02:30', '2026-03-08T06:00:00.000Z'],
    ['America/St_Johns', '2026-11-01', '01:30', '2026-11-01T04:00:00.000Z'],
    ['Europe/London', '2026-03-29', '01:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
  ])('in %s on %s at %s is at %s', (zone, date, at, expected) =>
    expect(cutoffInstant({ every: 'business-day', at }, everyDay, date, zone).toISOString()).toBe(expected),
  );
});

describe('month ends', () => {
  const monthEnd: CutoffSchedule = { every: 'month', on: 'last-business-day', at: '18:00' };
  const inYear = (year: number, holidays: readonly string[] = []): readonly string[] =>
    cutoffDatesBetween(monthEnd, office(holidays), `${year - 1}-12-31`, `${year}-12-31`);

  it('that fall on weekends and holidays go back to a working day, also in February of a leap year', () => {
    expect(
      inYear(2026, ['2026-12-31']).filter((date) => ['01', '02', '05', '10', '12'].includes(date.slice(5, 7))),
    ).toEqual(['2026-01-30', '2026-02-27', '2026-05-29', '2026-10-30', '2026-12-30']);
    expect(inYear(2028)).toContain('2028-02-29');
    // A Tuesday in 2028; in 2032 the leap day is a Sunday.
    expect(inYear(2032)).toContain('2032-02-27');
  });

  it('are one a month in any year, on a weekday, with none later in the month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2060 }), (year) => {
        const dates = inYear(year);
        expect(dates.map((date) => Number(date.slice(5, 7)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        for (const date of dates) {
          expect(weekdayOf(date)).toBeLessThanOrEqual(5);
          for (let later = addDays(date, 1); later.slice(0, 7) === date.slice(0, 7); later = addDays(later, 1)) {
            expect(weekdayOf(later)).toBeGreaterThan(5);
          }
        }
      }),
    );
  });
});

describe('the last day whose cutoff has come', () => {
  it('never goes back while time goes on, and is that day itself from its hour on', () => {
    const zones = fc.constantFrom('America/Los_Angeles', 'America/St_Johns', 'Europe/London', 'Asia/Tokyo');
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const start = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2029-01-01') });
    fc.assert(
      fc.property(zones, time, start, fc.integer({ min: 0, max: 3 * 24 * 60 }), (zone, [hour, minute], from, later) => {
        const at = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const schedule: CutoffSchedule = { every: 'business-day', at };
        const [first, second] = [new Date(from), new Date(from + later * MINUTE)];
        const day = lastDayComeBy(schedule, everyDay, second, zone);
        expect(lastDayComeBy(schedule, everyDay, first, zone) <= day).toBe(true);
        expect(cutoffInstant(schedule, everyDay, day, zone) <= second).toBe(true);
        expect(cutoffInstant(schedule, everyDay, addDays(day, 1), zone) > second).toBe(true);
        expect(day >= addDays(localDate(second, zone), -1)).toBe(true);
      }),
    );
  });
});
