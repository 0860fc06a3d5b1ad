import { describe, expect, it } from '@jest/globals';
import { BusinessCalendar } from './business-calendar.js';
import { addDays, addMonths, daysInMonth, FIRST_DATE, isIsoDate, isoDate, LAST_DATE, weekdayOf } from './iso-date.js';

const calendar = new BusinessCalendar({
  weekend: [6, 7],
  holidays: new Set(['2026-05-25', '2026-12-25', '2027-01-01']),
  closures: new Set(['2026-12-24']),
});

describe('dates', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    ['', false],
  ])('%s is a date: %s', (text, expected) => expect(isIsoDate(text)).toBe(expected));

  it('crosses leap days, months and years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(() => addDays('2027-02-29', 1)).toThrow(RangeError);
  });

  it('ends with the last date that can be written', () => {
    expect([addDays('9999-12-30', 1), addDays(LAST_DATE, 1), addDays('2026-11-22', 4_000_000)]).toEqual(
      Array.from({ length: 3 }, () => LAST_DATE),
    );
    expect(addDays('2026-11-22', Number.MAX_SAFE_INTEGER)).toBe(LAST_DATE);
    expect([addMonths('2026-11-22', 96_000), isoDate(10_006, 2, 29)]).toEqual([LAST_DATE, LAST_DATE]);
    expect([addDays(FIRST_DATE, -1), addDays('2026-11-22', -4_000_000), addMonths('2026-11-22', -96_000)]).toEqual(
      Array.from({ length: 3 }, () => FIRST_DATE),
    );
  });

  it('knows weekdays and the lengths of months', () => {
    expect([weekdayOf('2026-11-21'), weekdayOf('2026-11-22'), weekdayOf('2026-11-23')]).toEqual([6, 7, 1]);
    expect([daysInMonth(2028, 2), daysInMonth(2026, 2), daysInMonth(2026, 12)]).toEqual([29, 28, 31]);
  });
});

describe('business days', () => {
  it.each([
    ['2026-05-22', true, 'a Friday'],
    ['2026-05-23', false, 'a Saturday'],
    ['2026-05-25', false, 'a holiday'],
    ['2026-12-24', false, 'a closure'],
    ['2028-02-29', true, 'a leap day on a Tuesday'],
  ])('%s: %s (%s)', (date, expected) => expect(calendar.isBusinessDay(date)).toBe(expected));

  it('knows a holiday or a closure from a day on which nobody works in any week', () => {
    const days = ['2026-12-25', '2026-12-24', '2026-05-23', '2026-05-22'];
    expect(days.map((date) => calendar.isHoliday(date))).toEqual([true, true, false, false]);
  });

  it('steps over a long weekend both ways', () => {
    expect(calendar.nextBusinessDay('2026-05-22')).toBe('2026-05-26');
    expect(calendar.previousBusinessDay('2026-05-26')).toBe('2026-05-22');
  });

  it.each([
    ['2026-05-22', 1, '2026-05-26'],
    ['2026-05-22', 5, '2026-06-01'],
    ['2026-05-23', 1, '2026-05-26'],
    ['2026-05-23', 0, '2026-05-26'],
    ['2026-05-22', 0, '2026-05-22'],
    ['2026-05-26', -1, '2026-05-22'],
    ['2026-12-23', 1, '2026-12-28'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('%s and %s business days is %s', (date, days, expected) =>
    expect(calendar.addBusinessDays(date, days)).toBe(expected),
  );

  it.each([
    [2026, 5, '2026-05-29'],
    [2026, 12, '2026-12-31'],
    [2028, 2, '2028-02-29'],
    [2027, 2, '2027-02-26'],
  ])('the last one of %s-%s is %s', (year, month, expected) =>
    expect(calendar.lastBusinessDayOfMonth(year, month)).toBe(expected),
  );

  it('follows a weekend on Friday and Saturday', () => {
    const other = new BusinessCalendar({ weekend: [5, 6], holidays: new Set(), closures: new Set() });
    expect(other.nextBusinessDay('2026-05-21')).toBe('2026-05-24');
  });

  it('refuses years without holiday data, a week without work, and a search without end', () => {
    const days = { weekend: [6, 7], holidays: new Set<string>(), closures: new Set<string>() } as const;
    const covered = new BusinessCalendar({ ...days, years: { from: 2026, to: 2026 } });
    expect(() => covered.isBusinessDay('2027-01-04')).toThrow(RangeError);
    expect(() => covered.isHoliday('2027-01-04')).toThrow(RangeError);
    expect(() => covered.nextBusinessDay('2026-12-31')).toThrow(RangeError);
    expect(() => new BusinessCalendar({ ...days, weekend: [1, 2, 3, 4, 5, 6, 7] })).toThrow(RangeError);
    const closures = new Set(Array.from({ length: 400 }, (_, index) => addDays('2026-01-01', index)));
    expect(() => new BusinessCalendar({ ...days, closures }).nextBusinessDay('2026-01-01')).toThrow(RangeError);
  });
});
