import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../calendar/domain/iso-date.js';
import { complianceOn, STANDINGS } from './standing.js';
import type { Instalment } from './plan-terms.js';

const SCHEDULE: readonly Instalment[] = [
  { number: 1, dueOn: '2026-04-01', breachesOn: '2026-04-09', amountMinor: 4_000 },
  { number: 2, dueOn: '2026-05-01', breachesOn: '2026-05-09', amountMinor: 4_000 },
  { number: 3, dueOn: '2026-06-01', breachesOn: '2026-06-09', amountMinor: 2_000 },
];
const paid = (on: string, amountMinor: number) => ({ on, amountMinor });

describe('an arrangement', () => {
  it.each([
    ['before anything is due', [], '2026-03-31', 'kept', 0],
    ['on the day', [], '2026-04-01', 'kept', 0],
    ['the day after', [], '2026-04-02', 'late', 4_000],
    ['on the last day of grace', [], '2026-04-08', 'late', 4_000],
    ['after the grace', [], '2026-04-09', 'breached', 4_000],
    ['paid in the grace', [paid('2026-04-08', 4_000)], '2026-04-09', 'kept', 0],
    ['paid in part', [paid('2026-04-01', 3_999)], '2026-04-09', 'breached', 1],
    ['paid ahead', [paid('2026-03-20', 8_000)], '2026-05-20', 'kept', 0],
    ['paid later than the day', [paid('2026-04-10', 8_000)], '2026-04-09', 'breached', 4_000],
    ['paid, and taken back', [paid('2026-04-01', 4_000), paid('2026-04-06', -4_000)], '2026-04-09', 'breached', 4_000],
    ['paid in full', [paid('2026-04-01', 10_000)], '2026-07-01', 'completed', 0],
  ])('%s', (_, received, asOf, standing, behindMinor) => {
    const owed = 10_000 - received.reduce((sum, { on, amountMinor }) => (on <= asOf ? sum + amountMinor : sum), 0);
    expect(complianceOn(SCHEDULE, received, owed, asOf)).toMatchObject({ standing, behindMinor });
  });

  it('is behind with no more than is still owed, and done when nothing is', () => {
    expect(complianceOn(SCHEDULE, [], 1_500, '2026-05-20')).toMatchObject({ standing: 'breached', behindMinor: 1_500 });
    const done = complianceOn(SCHEDULE, [paid('2026-04-01', 4_000)], 0, '2026-07-01');
    expect(done).toMatchObject({ standing: 'completed', behindMinor: 0, breachesOn: null });
    expect(done.instalments.map(({ state }) => state)).toEqual(['paid', 'no-longer-due', 'no-longer-due']);
  });

  it('shows each instalment as of the day', () => {
    const { instalments, breachesOn, dueMinor } = complianceOn(
      SCHEDULE,
      [paid('2026-04-01', 5_000)],
      5_000,
      '2026-05-01',
    );
    expect(instalments.map(({ state, paidMinor }) => [state, paidMinor])).toEqual([
      ['paid', 4_000],
      ['due', 1_000],
      ['to-come', 0],
    ]);
    expect({ breachesOn, dueMinor }).toEqual({ breachesOn: '2026-05-09', dueMinor: 8_000 });
  });
});

describe('compliance', () => {
  const days = fc.integer({ min: 0, max: 200 }).map((offset) => addDays('2026-01-01', offset));
  const schedules = fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 40 }), amountMinor: fc.integer({ min: 1, max: 9_000 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((gaps) => {
      let at = 0;
      return gaps.map(({ gap, amountMinor }, place): Instalment => {
        at += gap;
        const dueOn = addDays('2026-01-01', at);
        return { number: place + 1, dueOn, breachesOn: addDays(dueOn, 8), amountMinor };
      });
    });
  const payments = fc.array(fc.record({ on: days, amountMinor: fc.integer({ min: -3_000, max: 9_000 }) }), {
    maxLength: 6,
  });
  const owed = fc.integer({ min: -1_000, max: 60_000 });

  it('is monotone in payments: one more never makes an arrangement worse', () => {
    fc.assert(
      fc.property(schedules, payments, owed, days, days, fc.integer({ min: 1, max: 9_000 }), (...given) => {
        const [schedule, received, owedMinor, asOf, on, amountMinor] = given;
        const before = complianceOn(schedule, received, owedMinor, asOf);
        const left = on <= asOf ? owedMinor - amountMinor : owedMinor;
        const after = complianceOn(schedule, [...received, { on, amountMinor }], left, asOf);
        expect(STANDINGS.indexOf(after.standing)).toBeLessThanOrEqual(STANDINGS.indexOf(before.standing));
        expect(after.behindMinor).toBeLessThanOrEqual(before.behindMinor);
        expect(after.breachesOn === null || after.breachesOn >= before.breachesOn!).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('only gets worse with time while nothing is paid', () => {
    fc.assert(
      fc.property(schedules, owed, days, fc.integer({ min: 0, max: 60 }), (schedule, owedMinor, asOf, later) => {
        const now = complianceOn(schedule, [], owedMinor, asOf);
        const then = complianceOn(schedule, [], owedMinor, addDays(asOf, later));
        expect(STANDINGS.indexOf(then.standing)).toBeGreaterThanOrEqual(STANDINGS.indexOf(now.standing));
        expect(then.behindMinor).toBeGreaterThanOrEqual(now.behindMinor);
      }),
    );
  });
});
