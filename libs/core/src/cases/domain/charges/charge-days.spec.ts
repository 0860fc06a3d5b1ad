import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { chargeDays } from './charge-days.js';
import type { ChargeSpan, ChargeTimes } from './charge-rule.js';

const days = (count: number): ChargeSpan => ({ unit: 'days', count });
const months = (count: number): ChargeSpan => ({ unit: 'months', count });
const TIMES: ChargeTimes = { after: days(30), every: null, times: null, from: '2020-01-01', to: null };
const FIRST = '2026-01-31';
const on = (times: Partial<ChargeTimes>, after = '2019-12-31', through = '2026-06-30') =>
  chargeDays({ ...TIMES, ...times }, FIRST, after, through).map((day) => day.on);

describe('the days of a charge', () => {
  it('are one where nothing is said of others', () => {
    expect(on({})).toEqual(['2026-03-02']);
    expect(on({}, '2026-03-02')).toEqual([]);
    expect(on({}, '2026-01-01', '2026-03-01')).toEqual([]);
  });

  it('come again after days, as often as is said', () => {
    const every = { every: days(30), times: 3 };
    expect(on(every)).toEqual(['2026-03-02', '2026-04-01', '2026-05-01']);
    expect(on(every, '2026-04-01')).toEqual(['2026-05-01']);
  });

  it('are counted in months from the first one, not from the one before', () => {
    expect(on({ after: days(0), every: months(1) }, '2026-01-31')).toEqual([
      ...['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'],
    ]);
  });

  it('lie between the first and the last day of the rule', () => {
    expect(on({ every: days(30), from: '2026-04-01', to: '2026-05-01' })).toEqual(['2026-04-01', '2026-05-01']);
  });

  it('have the same numbers however far the rule was followed before', () => {
    const span = fc.record({ unit: fc.constantFrom('days' as const, 'months' as const), count: fc.nat({ max: 40 }) });
    const day = fc.integer({ min: -200, max: 2_000 }).map((count) => addDays(FIRST, count));
    const rule = fc.record({
      after: span,
      every: fc.option(span.map(({ unit, count }) => ({ unit, count: count + 1 }))),
      times: fc.option(fc.integer({ min: 1, max: 30 })),
      from: day,
      to: fc.option(day),
    });
    fc.assert(
      fc.property(rule, fc.array(day, { maxLength: 6 }), (followed, splits) => {
        const [start, end] = [addDays(FIRST, -300), addDays(FIRST, 2_100)];
        const at = [start, ...splits.sort(), end];
        const inParts = at.slice(1).flatMap((through, index) => chargeDays(followed, FIRST, at[index]!, through));
        expect(inParts).toEqual(chargeDays(followed, FIRST, start, end));
      }),
    );
  });
});
