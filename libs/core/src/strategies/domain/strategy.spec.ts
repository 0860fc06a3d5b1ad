import { describe, expect, test } from '@jest/globals';
import { firstReviewOn, nextReview } from './strategy.js';
import type { Strategy } from './strategy.js';

const YOUNG: Strategy = {
  id: 'young',
  act: 'report',
  connectors: ['bureau'],
  debtTypes: ['water'],
  minAgeDays: 30,
  minBalanceMinor: 1_000,
  maxBalanceMinor: 5_000,
};
const OLD: Strategy = {
  id: 'old',
  act: 'place',
  oneOf: [{ connector: 'agency', share: 1 }],
  debtTypes: ['water', 'permit'],
  minAgeDays: 60,
  minBalanceMinor: 0,
};
const STRATEGIES = [OLD, YOUNG];
const view = (balanceMinor: number, type = 'water') => ({ type, agedFrom: '2026-01-01', balanceMinor });

describe('the first review', () => {
  test('is on the day on which the first strategy for the type could choose', () => {
    expect(firstReviewOn(STRATEGIES, 'water', '2026-01-01')).toBe('2026-01-31');
    expect(firstReviewOn(STRATEGIES, 'permit', '2026-01-01')).toBe('2026-03-02');
  });

  test('never comes for a type that no strategy names', () => {
    expect(firstReviewOn(STRATEGIES, 'parking-fine', '2026-01-01')).toBeNull();
  });
});

describe('a review', () => {
  const ids = (balanceMinor: number, today: string, type?: string) => {
    const { chosen, nextOn } = nextReview(STRATEGIES, view(balanceMinor, type), today);
    return [chosen.map(({ id }) => id), nextOn];
  };

  test('chooses by age, and comes again at the next age', () => {
    expect(ids(2_000, '2026-01-30')).toEqual([[], '2026-01-31']);
    expect(ids(2_000, '2026-01-31')).toEqual([['young'], '2026-03-02']);
    expect(ids(2_000, '2026-03-02')).toEqual([['old', 'young'], null]);
  });

  test('chooses by balance, both ends included', () => {
    expect(ids(999, '2026-02-01')).toEqual([[], '2026-03-02']);
    expect(ids(1_000, '2026-02-01')[0]).toEqual(['young']);
    expect(ids(5_000, '2026-02-01')[0]).toEqual(['young']);
    expect(ids(5_001, '2026-02-01')[0]).toEqual([]);
  });

  test('chooses by type', () => {
    expect(ids(2_000, '2026-03-02', 'permit')).toEqual([['old'], null]);
    expect(ids(2_000, '2026-03-02', 'parking-fine')).toEqual([[], null]);
  });
});
