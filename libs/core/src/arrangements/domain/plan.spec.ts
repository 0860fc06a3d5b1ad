import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { addDays } from '../../calendar/domain/iso-date.js';
import { DEFAULT_POLICY, planDays } from './arrangement-policy.js';
import { calculatePlan, lastDueOn } from './plan.js';
import type { PlanTerms } from './plan-terms.js';

const CALENDAR = new BusinessCalendar({
  weekend: [6, 7],
  holidays: new Set(['2026-05-25', '2026-07-03']),
  closures: new Set(),
  years: { from: 2026, to: 2036 },
});
const DAYS = planDays(DEFAULT_POLICY, CALENDAR);
const TERMS: PlanTerms = {
  frequency: 'monthly',
  firstDueOn: '2026-03-31',
  amountMinor: 10_000,
  firstInstalmentMinor: null,
  instalments: null,
  instalmentMinor: null,
  until: null,
};
const plan = (changes: Partial<PlanTerms>, last: string | null = null) =>
  calculatePlan({ ...TERMS, ...changes }, { days: DAYS, lastDueOn: last });
const amounts = (changes: Partial<PlanTerms>) => {
  const result = plan(changes);
  return result.ok ? result.plan.instalments.map(({ amountMinor }) => amountMinor) : result.code;
};
const due = (changes: Partial<PlanTerms>) => {
  const result = plan(changes);
  return result.ok ? result.plan.instalments.map(({ dueOn }) => dueOn) : result.code;
};

describe('the amounts of a plan', () => {
  it.each<[string, Partial<PlanTerms>, number[]]>([
    ['so many instalments, the last with the rest', { instalments: 3 }, [3_333, 3_333, 3_334]],
    [
      'a first instalment and so many in all',
      { instalments: 4, firstInstalmentMinor: 4_000 },
      [4_000, 2_000, 2_000, 2_000],
    ],
    ['instalments of a size, the last with the rest', { instalmentMinor: 3_000 }, [3_000, 3_000, 3_000, 1_000]],
    [
      'a first instalment, then of a size',
      { instalmentMinor: 4_000, firstInstalmentMinor: 1_000 },
      [1_000, 4_000, 4_000, 1_000],
    ],
    ['a size above the amount', { instalmentMinor: 90_000 }, [10_000]],
    ['a size until a day', { amountMinor: null, instalmentMinor: 3_000, until: '2026-05-31' }, [3_000, 3_000, 3_000]],
    [
      'a size until a day, never above the amount',
      { instalmentMinor: 3_000, until: '2027-12-31' },
      [3_000, 3_000, 3_000, 1_000],
    ],
  ])('%s', (_, changes, expected) => expect(amounts(changes)).toEqual(expected));

  it('says what a day that comes first leaves outside the plan', () => {
    const result = plan({ instalmentMinor: 1_000, until: '2026-06-30' });
    expect(result).toMatchObject({ ok: true, plan: { amountMinor: 4_000, leftMinor: 6_000 } });
  });
});

describe('the days of a plan', () => {
  it('come from the first one, so that short months shorten only themselves', () => {
    expect(due({ firstDueOn: '2027-01-31', instalments: 4 })).toEqual([
      '2027-02-01',
      '2027-03-01',
      '2027-03-31',
      '2027-04-30',
    ]);
    expect(due({ firstDueOn: '2027-12-31', instalments: 3 })).toEqual(['2027-12-31', '2028-01-31', '2028-02-29']);
  });
  it('are moved off weekends and holidays, and back again', () => {
    expect(due({ frequency: 'weekly', firstDueOn: '2026-05-18', instalments: 3 })).toEqual([
      '2026-05-18',
      '2026-05-26',
      '2026-06-01',
    ]);
    expect(due({ frequency: 'fortnightly', firstDueOn: '2026-06-19', instalments: 3 })).toEqual([
      '2026-06-19',
      '2026-07-06',
      '2026-07-17',
    ]);
  });
  it('stay as agreed where the office says so, with the grace in the days that it counts', () => {
    const policy = { ...DEFAULT_POLICY, nonBusinessDay: 'as-agreed', graceIn: 'calendar-days' } as const;
    const days = planDays(policy, CALENDAR);
    const result = calculatePlan({ ...TERMS, firstDueOn: '2026-05-23', instalments: 1 }, { days, lastDueOn: null });
    expect(result).toMatchObject({
      ok: true,
      plan: { instalments: [{ dueOn: '2026-05-23', breachesOn: '2026-05-29' }] },
    });
    expect(plan({ firstDueOn: '2026-05-22', instalments: 1 })).toMatchObject({
      plan: { instalments: [{ dueOn: '2026-05-22', breachesOn: '2026-06-02' }] },
    });
  });
});

describe('terms that make no plan', () => {
  it.each<[string, Partial<PlanTerms>, string | null]>([
    ['terms-unclear', {}, null],
    ['terms-unclear', { instalments: 3, instalmentMinor: 1_000 }, null],
    ['terms-unclear', { until: '2026-12-31' }, null],
    ['amount-missing', { amountMinor: null, instalments: 3 }, null],
    ['amount-missing', { amountMinor: null, instalmentMinor: 3 }, null],
    ['amount-too-small', { amountMinor: 2, instalments: 3 }, null],
    ['first-instalment-too-large', { instalments: 3, firstInstalmentMinor: 10_001 }, null],
    ['first-instalment-too-large', { instalmentMinor: 3, firstInstalmentMinor: 10_001 }, null],
    ['until-before-first', { instalmentMinor: 3, until: '2026-03-30' }, null],
    ['too-many-instalments', { instalments: 1_041 }, null],
    ['too-many-instalments', { instalmentMinor: 1 }, null],
    ['plan-too-long', { instalments: 13 }, lastDueOn('2026-03-16', 12)],
    ['beyond-calendar', { instalments: 200, amountMinor: 100_000 }, null],
  ])('%s: %j', (code, changes, last) => expect(plan(changes, last)).toMatchObject({ ok: false, code }));
});

describe('every plan', () => {
  const terms = fc
    .record({
      frequency: fc.constantFrom('weekly' as const, 'fortnightly' as const, 'monthly' as const),
      start: fc.integer({ min: 0, max: 400 }),
      amountMinor: fc.integer({ min: 1, max: 100_000_000 }),
      first: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      way: fc.oneof(
        fc.record({ instalments: fc.integer({ min: 1, max: 60 }) }),
        fc.record({ instalmentMinor: fc.integer({ min: 1, max: 10_000_000 }) }),
        fc.record({ instalmentMinor: fc.integer({ min: 1, max: 10_000_000 }), days: fc.integer({ min: 0, max: 900 }) }),
      ),
    })
    .map(({ frequency, start, amountMinor, first, way }): PlanTerms => {
      const firstDueOn = addDays('2026-03-16', start);
      return {
        frequency,
        firstDueOn,
        amountMinor,
        firstInstalmentMinor: first,
        instalments: 'instalments' in way ? way.instalments : null,
        instalmentMinor: 'instalmentMinor' in way ? way.instalmentMinor : null,
        until: 'days' in way ? addDays(firstDueOn, way.days) : null,
      };
    });

  it('sums to its amount exactly, in instalments above zero, on business days in order', () => {
    fc.assert(
      fc.property(terms, (each) => {
        const result = calculatePlan(each, { days: DAYS, lastDueOn: null });
        if (!result.ok) return;
        const { instalments, amountMinor, leftMinor } = result.plan;
        expect(instalments.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(amountMinor);
        expect(amountMinor + leftMinor).toBe(each.amountMinor);
        expect(each.until === null ? leftMinor : 0).toBe(0);
        for (const [place, { number, amountMinor: one, dueOn, breachesOn }] of instalments.entries()) {
          expect([number, one > 0, CALENDAR.isBusinessDay(dueOn), breachesOn > dueOn]).toEqual([
            place + 1,
            true,
            true,
            true,
          ]);
          if (place > 0) expect(dueOn >= instalments[place - 1]!.dueOn).toBe(true);
        }
        if (each.instalments !== null) expect(instalments).toHaveLength(each.instalments);
      }),
      { numRuns: 100 },
    );
  });
});
