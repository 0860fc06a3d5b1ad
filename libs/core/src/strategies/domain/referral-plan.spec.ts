import { describe, expect, test } from '@jest/globals';
import { AgencyLoads } from './agency-loads.js';
import { planReferrals } from './referral-plan.js';
import type { DueDebt, EarlierReferral } from './referral-plan.js';
import type { Strategy } from './strategy.js';
import { dueDebt as debt } from './testing/due-debt.js';

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
const AGAIN: Strategy = { ...PLACE, id: 'again', round: 2, pauseDays: 30 };
const inForce = (debtId: string, act: 'report' | 'place' | 'contact', connectorId: string): EarlierReferral => ({
  debtId,
  act,
  connectorId,
  endedOn: null,
  end: null,
});
const over = (debtId: string, connectorId: string, end: EarlierReferral['end'], endedOn = '2026-02-01') => ({
  ...inForce(debtId, 'place', connectorId),
  endedOn,
  end,
});

function plan(strategies: readonly Strategy[], debts: readonly DueDebt[], earlier: readonly EarlierReferral[] = []) {
  const loads = new AgencyLoads([], new Set());
  const { referrals, reviews, outcomes } = planReferrals(strategies, debts, earlier, loads, {
    today: TODAY,
    country: 'US',
  });
  return {
    referrals: referrals.map(({ debtId, connectorId, strategyId }) => `${debtId} ${strategyId} ${connectorId}`),
    reviews: Object.fromEntries(reviews.map(({ debtId, nextOn }) => [debtId, nextOn])),
    leftOut: outcomes.flatMap(({ debt: { id }, strategy, leftOut }) =>
      leftOut === null ? [] : [`${id} ${strategy.id} ${leftOut}`],
    ),
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
      leftOut: [],
    });
  });

  test('refers to the other connectors what was referred to one of them, and to no other agency', () => {
    const earlier = [
      inForce('1', 'report', 'bureau-a'),
      inForce('1', 'place', 'agency-c'),
      inForce('2', 'contact', 'agency-a'),
    ];
    const { referrals, leftOut } = plan([REPORT, PLACE], [debt('1'), debt('2')], earlier);
    expect(referrals).toEqual(['1 report bureau-b', '2 report bureau-a', '2 report bureau-b', '2 place agency-a']);
    expect(leftOut).toEqual(['1 place referral-in-force']);
  });

  test('does not count towards a share what it does not refer', () => {
    const earlier = [inForce('1', 'place', 'agency-b')];
    expect(plan([PLACE], [debt('1'), debt('2')], earlier).referrals).toEqual(['2 place agency-a']);
  });

  test('refers a debt once for an act, to whom the first strategy chooses', () => {
    const second: Strategy = { ...PLACE, id: 'second', oneOf: [{ connector: 'agency-c', share: 1 }] };
    expect(plan([PLACE, second], [debt('1')])).toMatchObject({
      referrals: ['1 place agency-a'],
      leftOut: ['1 second other-strategy'],
    });
    const alone: Strategy = { ...selection, id: 'alone', act: 'place', connectors: ['agency-c'] };
    expect(plan([alone, PLACE], [debt('1')]).referrals).toEqual(['1 alone agency-c']);
    expect(plan([PLACE, alone], [debt('1')]).referrals).toEqual(['1 place agency-a']);
    expect(plan([alone], [debt('1')], [inForce('1', 'place', 'agency-b')]).leftOut).toEqual([
      '1 alone referral-in-force',
    ]);
    expect(plan([alone], [debt('1')], [over('1', 'agency-b', 'withdrawn')]).leftOut).toEqual([
      '1 alone referred-before',
    ]);
  });

  test('looks again the next day at what no agency has room for, and not before that at another age', () => {
    const oneRoom: Strategy = { ...PLACE, oneOf: [{ connector: 'agency-a', share: 1, capacity: 1 }] };
    const later: Strategy = { ...REPORT, id: 'later', minAgeDays: 100 };
    expect(plan([oneRoom, later], [debt('1'), debt('2')])).toEqual({
      referrals: ['1 place agency-a'],
      reviews: { '1': '2026-04-11', '2': '2026-03-17' },
      leftOut: ['1 later too-young', '2 place capacity', '2 later too-young'],
    });
  });

  test('looks again at what lacks an address, and at no date at what lacks the balance', () => {
    const mailed: Strategy = { ...REPORT, requires: ['address'], minBalanceMinor: 500 };
    const debts = [debt('1', { hasAddress: false }), debt('2', { balanceMinor: 400 })];
    expect(plan([mailed], debts).reviews).toEqual({ '1': '2026-04-15', '2': null });
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
    const { referrals, reviews } = plan([limited, permits], [debt('1', { type: 'permit' }), debt('2')]);
    expect(referrals).toEqual(['1 permits agency-c']);
    expect(reviews['2']).toBe('2026-03-17');
  });

  test('waits for the end of a stop or an arrangement only where a strategy says so', () => {
    const waiting: Strategy = { ...PLACE, id: 'waiting', notWhile: ['stop', 'arrangement'] };
    const debts = [debt('1', { stops: ['dispute'] }), debt('2', { arrangedActs: ['place'] }), debt('3')];
    expect(plan([waiting], debts)).toEqual({
      referrals: ['3 waiting agency-a'],
      reviews: { '1': '2026-03-17', '2': '2026-03-17', '3': null },
      leftOut: ['1 waiting stop', '2 waiting arrangement'],
    });
    expect(plan([PLACE], debts).referrals).toHaveLength(3);
  });
});

describe('a second referral', () => {
  test('goes to another agency than the first, once that is over for the stated time', () => {
    const earlier = [
      over('1', 'agency-a', 'returned'),
      over('2', 'agency-b', 'recalled'),
      over('3', 'agency-a', 'recalled', '2026-03-01'),
    ];
    expect(plan([PLACE, AGAIN], [debt('1'), debt('2'), debt('3'), debt('4')], earlier)).toEqual({
      referrals: ['1 again agency-b', '2 again agency-a', '4 place agency-a'],
      reviews: { '1': null, '2': null, '3': '2026-03-31', '4': null },
      leftOut: [
        '1 place referred-before',
        '2 place referred-before',
        '3 place referred-before',
        '3 again pause',
        '4 again other-strategy',
      ],
    });
  });

  test('is not made of what was never referred, is with an agency, or was with each of them', () => {
    const earlier = [
      inForce('2', 'place', 'agency-a'),
      over('3', 'agency-a', 'returned'),
      over('3', 'agency-b', 'returned'),
    ];
    expect(plan([AGAIN], [debt('1'), debt('2'), debt('3')], earlier).leftOut).toEqual([
      '1 again not-referred-yet',
      '2 again referral-in-force',
      '3 again referred-before',
    ]);
    const third: Strategy = { ...AGAIN, id: 'third', round: 3 };
    expect(plan([third], [debt('3')], earlier).leftOut).toEqual(['3 third no-other-agency']);
    expect(plan([{ ...third, sameAgencyAgain: true }], [debt('3')], earlier).referrals).toEqual(['3 third agency-a']);
  });

  test('is not made of what a person withdrew, unless the strategy says so', () => {
    const earlier = [over('1', 'agency-a', 'withdrawn'), over('2', 'agency-a', 'expired')];
    expect(plan([AGAIN], [debt('1'), debt('2')], earlier).leftOut).toEqual([
      '1 again ended-otherwise',
      '2 again ended-otherwise',
    ]);
    const also: Strategy = { ...AGAIN, after: ['withdrawn'] };
    expect(plan([also], [debt('1')], earlier).referrals).toEqual(['1 again agency-b']);
  });

  test('is shared by its own share', () => {
    const debts = ['1', '2', '3', '4'].map((id) => debt(id));
    const earlier = debts.map(({ id }) => over(id, 'agency-c', 'returned'));
    const shares = {
      ...AGAIN,
      oneOf: [
        { connector: 'agency-a', share: 1 },
        { connector: 'agency-b', share: 3 },
      ],
    };
    expect(plan([shares as Strategy], debts, earlier).referrals).toEqual([
      '1 again agency-a',
      '2 again agency-b',
      '3 again agency-b',
      '4 again agency-b',
    ]);
  });
});
