import { describe, expect, it } from '@jest/globals';
import { firstOfQuarter, lastOfMonth } from './calendar-periods.js';
import { reportDays } from './report-days.js';
import type { AskedDays } from './report-days.js';

const TODAY = '2026-03-16';
const asked = (changes: Partial<AskedDays> = {}): AskedDays => ({ asOf: null, from: null, to: null, ...changes });

describe('the days of a report', () => {
  it('are today, this month, and the month that is over, where nothing is asked', () => {
    expect(reportDays('day', asked(), TODAY)).toMatchObject({ from: TODAY, to: TODAY });
    expect(reportDays('span', asked(), TODAY)).toMatchObject({ from: '2026-03-01', to: TODAY });
    expect(reportDays('month', asked(), TODAY)).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('are those that are asked', () => {
    expect(reportDays('day', asked({ asOf: '2025-12-31' }), TODAY)).toMatchObject({
      from: '2025-12-31',
      to: '2025-12-31',
    });
    expect(reportDays('span', asked({ to: '2026-02-10' }), TODAY)).toMatchObject({
      from: '2026-02-01',
      to: '2026-02-10',
    });
    expect(reportDays('month', asked({ asOf: '2026-03-10' }), TODAY)).toMatchObject({
      from: '2026-03-01',
      to: '2026-03-10',
    });
  });

  it.each([
    ['days-not-meant', 'day', { from: TODAY }],
    ['days-not-meant', 'span', { asOf: TODAY }],
    ['days-not-meant', 'month', { to: TODAY }],
    ['date-in-future', 'day', { asOf: '2026-03-17' }],
    ['days-reversed', 'span', { from: '2026-03-11', to: '2026-03-10' }],
  ] as const)('are refused: %s of a %s', (code, period, days) => {
    expect(reportDays(period, asked(days), TODAY)).toMatchObject({ ok: false, code });
  });

  it('know where quarters and months end', () => {
    expect(['2026-03-31', '2026-04-01', '2026-12-31'].map(firstOfQuarter)).toEqual([
      '2026-01-01',
      '2026-04-01',
      '2026-10-01',
    ]);
    expect(['2024-02-01', '2026-12-31'].map(lastOfMonth)).toEqual(['2024-02-29', '2026-12-31']);
  });
});
