import { describe, expect, test } from '@jest/globals';
import { AgencyLoads } from './agency-loads.js';
import { planReferrals } from './referral-plan.js';
import type { DueDebt, EarlierReferral } from './referral-plan.js';
import type { Strategy } from './strategy.js';

const TODAY = '2026-03-16';
const selection = { debtTypes: ['water'], minAgeDays: 30, minBalanceMinor: 0 };
const REPORT: Strategy = { ...selection, id: 'report', act: 'report', connectors: ['bureau-a', 'bureau-b'] };
const PLACE: Strategy = {
  ...selection,
  id: 'place',
  act: 'place',
  oneOf: [
    { connector: 'agency-a', share: 60 },
    { connector: 'agency-b', share: 40 },
  ],
};
const debt = (id: string): DueDebt => ({ id, type: 'water', agedFrom: '2026-01-01', balanceMinor: 100 });

function plan(strategies: readonly Strategy[], debts: readonly DueDebt[], earlier: readonly EarlierReferral[] = []) {
  const { referrals, reviews } = planReferrals(strategies, debts, earlier, new AgencyLoads([], new Set()), TODAY);
  return {
    referrals: referrals.map(({ debtId, connectorId, strategyId }) => `${debtId} ${strategyId} ${connectorId}`),
    reviews: Object.fromEntries(reviews.map(({ debtId, nextOn }) => [debtId, nextOn])),
  };
}

describe('a plan', () => {
  test('refers to each of the connectors, and to one of the agencies', () => {
    expect(plan([REPORT, PLACE], [debt('1'), debt('2')])).toEqual({
      referrals: [
        '1 report bureau-a',
        '1 report bureau-b',
        '1 place agency-a',
        '2 report bureau-a',
        '2 report bureau-b',
        '2 place agency-b',
      ],
      reviews: { '1': null, '2': null },
    });
  });

  test('refers to the other connectors what was referred to one of them, and to no other agency', () => {
    const earlier: EarlierReferral[] = [
      { debtId: '1', act: 'report', connectorId: 'bureau-a' },
      { debtId: '1', act: 'place', connectorId: 'agency-c' },
      { debtId: '2', act: 'contact', connectorId: 'agency-a' },
    ];
    const { referrals } = plan([REPORT, PLACE], [debt('1'), debt('2')], earlier);
    expect(referrals).toEqual(['1 report bureau-b', '2 report bureau-a', '2 report bureau-b', '2 place agency-a']);
  });

  test('does not count towards a share what it does not refer', () => {
    const earlier: EarlierReferral[] = [{ debtId: '1', act: 'place', connectorId: 'agency-b' }];
    expect(plan([PLACE], [debt('1'), debt('2')], earlier).referrals).toEqual(['2 place agency-a']);
  });

  test('refers a debt once for an act, to whom the first strategy chooses', () => {
    const second: Strategy = { ...PLACE, id: 'second', oneOf: [{ connector: 'agency-c', share: 1 }] };
    expect(plan([PLACE, second], [debt('1')]).referrals).toEqual(['1 place agency-a']);
    const alone: Strategy = { ...selection, id: 'alone', act: 'place', connectors: ['agency-c'] };
    expect(plan([alone, PLACE], [debt('1')]).referrals).toEqual(['1 alone agency-c']);
  });

  test('looks again the next day at what no agency has room for, and not before that at another age', () => {
    const oneRoom: Strategy = { ...PLACE, oneOf: [{ connector: 'agency-a', share: 1, capacity: 1 }] };
    const later: Strategy = { ...REPORT, id: 'later', minAgeDays: 100 };
    expect(plan([oneRoom, later], [debt('1'), debt('2')])).toEqual({
      referrals: ['1 place agency-a'],
      reviews: { '1': '2026-04-11', '2': '2026-03-17' },
    });
  });

  test('counts what other strategies refer in the same batch against the capacity', () => {
    const limited: Strategy = { ...PLACE, oneOf: [{ connector: 'agency-c', share: 1, capacity: 1 }] };
    const permits: Strategy = {
      ...selection,
      id: 'permits',
      act: 'place',
      debtTypes: ['permit'],
      connectors: ['agency-c'],
    };
    const { referrals, reviews } = plan([limited, permits], [{ ...debt('1'), type: 'permit' }, debt('2')]);
    expect(referrals).toEqual(['1 permits agency-c']);
    expect(reviews['2']).toBe('2026-03-17');
  });
});
