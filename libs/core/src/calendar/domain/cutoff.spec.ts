import { describe, expect, it } from '@jest/globals';
import { BusinessCalendar } from './business-calendar.js';
import { cutoffDatesBetween, nextCutoff } from './cutoff.js';
import type { CutoffSchedule } from './cutoff.js';

const calendar = new BusinessCalendar({
  weekend: [6, 7],
  holidays: new Set(['2026-05-25', '2027-01-01']),
  closures: new Set(),
});
const CHICAGO = 'America/Chicago';
const monthEnd: CutoffSchedule = { every: 'month', on: 'last-business-day', at: '18:00' };
const daily: CutoffSchedule = { every: 'business-day', at: '18:00' };

describe('cutoff dates', () => {
  it('are the last business days of the months, the first bound excluded and the last included', () => {
    expect(cutoffDatesBetween(monthEnd, calendar, '2026-01-30', '2026-05-29')).toEqual([
      '2026-02-27',
      '2026-03-31',
      '2026-04-30',
      '2026-05-29',
    ]);
    expect(cutoffDatesBetween(monthEnd, calendar, '2026-05-29', '2026-06-29')).toEqual([]);
    expect(cutoffDatesBetween(monthEnd, calendar, '2028-01-31', '2028-02-29')).toEqual(['2028-02-29']);
  });

  it('roll a numbered day back or forward', () => {
    const on = (roll: 'previous' | 'next'): CutoffSchedule => ({ every: 'month', on: 25, roll, at: '18:00' });
    expect(cutoffDatesBetween(on('previous'), calendar, '2026-04-30', '2026-05-31')).toEqual(['2026-05-22']);
    expect(cutoffDatesBetween(on('next'), calendar, '2026-04-30', '2026-05-31')).toEqual(['2026-05-26']);
  });

  it('take the last day of a month without that day, and may roll into the next month or year', () => {
    const last: CutoffSchedule = { every: 'month', on: 31, roll: 'next', at: '18:00' };
    expect(cutoffDatesBetween(last, calendar, '2026-01-31', '2026-03-01')).toEqual(['2026-02-02']);
    expect(cutoffDatesBetween(last, calendar, '2026-03-01', '2026-03-31')).toEqual(['2026-03-02', '2026-03-31']);
    const first: CutoffSchedule = { every: 'month', on: 1, roll: 'previous', at: '18:00' };
    expect(cutoffDatesBetween(first, calendar, '2026-12-30', '2026-12-31')).toEqual(['2026-12-31']);
    expect(cutoffDatesBetween(first, calendar, '2026-12-31', '2027-01-31')).toEqual([]);
  });

  it('are every business day, over a long weekend', () => {
    expect(cutoffDatesBetween(daily, calendar, '2026-05-21', '2026-05-27')).toEqual([
      '2026-05-22',
      '2026-05-26',
      '2026-05-27',
    ]);
    expect(cutoffDatesBetween(daily, calendar, '2026-05-27', '2026-05-21')).toEqual([]);
  });
});

describe('the next cutoff', () => {
  it.each([
    ['before today’s', daily, '2026-05-22T22:59:59Z', '2026-05-22', '2026-05-22T23:00:00.000Z'],
    ['at the very instant of today’s', daily, '2026-05-22T23:00:00Z', '2026-05-26', '2026-05-26T23:00:00.000Z'],
    ['late in the evening, tomorrow in UTC', daily, '2026-05-27T03:00:00Z', '2026-05-27', '2026-05-27T23:00:00.000Z'],
    ['across the change to summer time', daily, '2026-03-07T00:00:00Z', '2026-03-09', '2026-03-09T23:00:00.000Z'],
    ['across the change to winter time', daily, '2026-10-30T23:00:00Z', '2026-11-02', '2026-11-03T00:00:00.000Z'],
    ['of the month', monthEnd, '2026-05-29T23:00:00Z', '2026-06-30', '2026-06-30T23:00:00.000Z'],
    ['on a leap day', monthEnd, '2028-02-01T00:00:00Z', '2028-02-29', '2028-03-01T00:00:00.000Z'],
  ] as const)('%s', (_, schedule, after, date, at) => {
    const found = nextCutoff(schedule, calendar, new Date(after), CHICAGO);
    expect({ date: found.date, at: found.at.toISOString() }).toEqual({ date, at });
  });

  it('is still today’s when the date in UTC is already tomorrow’s', () => {
    const late: CutoffSchedule = { every: 'business-day', at: '23:00' };
    const found = nextCutoff(late, calendar, new Date('2026-05-27T03:00:00Z'), CHICAGO);
    expect(found).toEqual({ date: '2026-05-26', at: new Date('2026-05-27T04:00:00Z') });
  });

  it('is found although the office is closed for two months', () => {
    const closures = new Set(cutoffDatesBetween(daily, calendar, '2026-06-30', '2026-08-31'));
    const closed = new BusinessCalendar({ weekend: [6, 7], holidays: new Set(), closures });
    expect(nextCutoff(daily, closed, new Date('2026-07-01T12:00:00Z'), CHICAGO).date).toBe('2026-09-01');
  });
});
