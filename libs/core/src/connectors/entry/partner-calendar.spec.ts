import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { partnerCalendar, partnerCalendarEntry } from './partner-calendar.js';

const entry = z.strictObject(partnerCalendarEntry);
const clock = { now: () => new Date('2026-03-16T15:00:00Z') };
const read = (calendar: object) => entry.safeParse({ calendar });

describe("a partner's calendar", () => {
  it('has the holidays of its country, its own weekend, closures and half days', () => {
    const { calendar } = entry.parse({
      calendar: {
        country: 'US',
        region: 'NY',
        weekend: [5, 6],
        closures: ['2026-03-17'],
        halfDays: [{ date: '2026-03-18', closesAt: '13:00' }],
      },
    });
    const days = partnerCalendar(calendar!, clock);
    const working = ['2026-07-04', '2026-05-25', '2026-03-17', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-18'];
    expect(working.map((date) => days.isBusinessDay(date))).toEqual([false, false, false, false, false, true, true]);
    expect([days.closesAt('2026-03-18'), days.closesAt('2026-03-19')]).toEqual(['13:00', null]);
    expect(partnerCalendar({ ...calendar! }, clock)).toBe(days);
  });

  it.each([
    ['an unknown country', { country: 'XX' }, 'calendar.country', /No holidays/],
    ['an unknown region', { country: 'US', region: 'ZZ' }, 'calendar.region', /region ZZ/],
    ['a closure that does not exist', { country: 'US', closures: ['2026-02-30'] }, 'calendar.closures.0', /exists/],
    [
      'no time',
      { country: 'US', halfDays: [{ date: '2026-12-24', closesAt: '1pm' }] },
      'calendar.halfDays.0.closesAt',
      /13:00/,
    ],
    [
      'one half day twice',
      {
        country: 'US',
        halfDays: [
          { date: '2026-12-24', closesAt: '13:00' },
          { date: '2026-12-24', closesAt: '14:00' },
        ],
      },
      'calendar.halfDays',
      /twice/,
    ],
    ['no working day', { country: 'US', weekend: [1, 2, 3, 4, 5, 6, 7] }, 'calendar.weekend', /working day/],
  ])('is refused: %s', (_, calendar, path, message) => {
    const result = read(calendar);
    const [issue] = result.success ? [] : result.error.issues;
    expect([issue?.path.join('.'), issue?.message]).toEqual([path, expect.stringMatching(message)]);
  });
});
