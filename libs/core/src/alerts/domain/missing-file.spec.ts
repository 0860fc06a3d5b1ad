import { describe, expect, test } from '@jest/globals';
import { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { missingFile } from './missing-file.js';
import type { Expected } from './missing-file.js';

const ZONE = 'America/Chicago';
const calendar = new BusinessCalendar({ weekend: [6, 7], holidays: new Set(['2026-03-17']), closures: new Set() });
const daily: Expected = {
  schedule: { every: 'business-day', at: '18:00' },
  graceMinutes: 30,
  calendar,
  timeZone: ZONE,
  since: new Date('2026-01-01T00:00:00Z'),
};

/** In March, after the clocks were put forward, Chicago is five hours behind UTC. */
const at = (day: number, time: string): Date =>
  new Date(Date.parse(`2026-03-${String(day).padStart(2, '0')}T${time}:00Z`) + 5 * 3_600_000);

/** Friday the 13th and Monday the 16th are business days, Tuesday the 17th is a holiday, Wednesday is the 18th. */
describe('A file that comes every business day by 18:00', () => {
  const usual = [at(12, '17:00'), at(13, '17:00')];

  test('is not missing before its hour and the grace have passed', () => {
    expect(missingFile(daily, at(16, '18:29'), usual)).toBeNull();
    expect(missingFile(daily, at(16, '18:30'), usual)).toEqual({ expectedOn: ['2026-03-16'], files: 1 });
  });

  test('is there when it came in time, also within the grace', () => {
    expect(missingFile(daily, at(16, '23:00'), [...usual, at(16, '18:30')])).toBeNull();
  });

  test('is there on the weekend and on a holiday when it came before', () => {
    expect(missingFile(daily, at(15, '23:00'), usual)).toBeNull();
    expect(missingFile(daily, at(17, '23:00'), [...usual, at(16, '10:00')])).toBeNull();
  });

  test('is over when it comes late', () => {
    expect(missingFile(daily, at(17, '09:00'), [...usual, at(17, '08:00')])).toBeNull();
  });

  test('one that came late is not taken for the next as well', () => {
    const late = [...usual, at(17, '08:00')];
    expect(missingFile(daily, at(18, '19:00'), late)).toEqual({
      expectedOn: ['2026-03-16', '2026-03-18'],
      files: 1,
    });
    expect(missingFile(daily, at(18, '19:00'), [...late, at(18, '12:00')])).toBeNull();
  });

  test('two that are missing are named both', () => {
    expect(missingFile(daily, at(18, '19:00'), usual)).toEqual({ expectedOn: ['2026-03-16', '2026-03-18'], files: 2 });
  });

  test('a partner that is regular again is well, although it left a day out', () => {
    const regular = [...usual, at(18, '12:00'), at(19, '12:00')];
    expect(missingFile(daily, at(19, '19:00'), regular)).toBeNull();
  });

  test('is expected only from when it was asked for', () => {
    const since = at(16, '18:01');
    expect(missingFile({ ...daily, since }, at(17, '12:00'), [])).toBeNull();
    expect(missingFile({ ...daily, since }, at(18, '18:30'), [])).toEqual({ expectedOn: ['2026-03-18'], files: 1 });
  });
});

describe('A file that comes once a month', () => {
  const monthly: Expected = { ...daily, schedule: { every: 'month', on: 'last-business-day', at: '18:00' } };

  test('is looked for on the last business day', () => {
    const before = [new Date('2026-01-30T12:00:00Z'), new Date('2026-02-27T12:00:00Z')];
    expect(missingFile(monthly, at(31, '18:00'), before)).toBeNull();
    expect(missingFile(monthly, at(31, '19:00'), before)).toEqual({ expectedOn: ['2026-03-31'], files: 1 });
    expect(missingFile(monthly, at(31, '19:00'), [...before, at(20, '12:00')])).toBeNull();
  });
});
