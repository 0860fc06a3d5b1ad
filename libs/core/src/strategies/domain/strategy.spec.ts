import { describe, expect, test } from '@jest/globals';
import { outsideSelection } from './selection.js';
import { agedFrom, firstReviewOn, ofAgeOn } from './strategy.js';
import type { Strategy } from './strategy.js';
import { strategyVersion } from './strategy-version.js';
import { isSurprising } from './surprise.js';
import { dueDebt } from './testing/due-debt.js';

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

describe('the first review', () => {
  test('is on the day on which the first strategy for the type could choose', () => {
    expect(firstReviewOn(STRATEGIES, 'water', '2026-01-01')).toBe('2026-01-31');
    expect(firstReviewOn(STRATEGIES, 'permit', '2026-01-01')).toBe('2026-03-02');
  });

  test('never comes for a type that no strategy names', () => {
    expect(firstReviewOn(STRATEGIES, 'parking-fine', '2026-01-01')).toBeNull();
  });

  test('counts for each strategy from the date that it names', () => {
    const incurred: Strategy = { ...OLD, id: 'incurred', ageFrom: 'incurred' };
    const dates = {
      lastPaidOn: null,
      delinquentOn: '2026-03-01',
      incurredOn: '2026-01-01',
      registeredOn: '2026-04-01',
    };
    expect(firstReviewOn([YOUNG, incurred], 'water', dates)).toBe('2026-03-02');
    expect(firstReviewOn([{ ...incurred, ageFrom: 'registered' }, YOUNG], 'water', dates)).toBe('2026-03-31');
  });
});

test('an age counts from the next date in the order where a debt has no such date', () => {
  const dates = { lastPaidOn: null, delinquentOn: null, incurredOn: '2025-12-01', registeredOn: '2026-01-05' };
  expect(agedFrom({}, dates)).toBe('2025-12-01');
  expect(agedFrom({ ageFrom: 'last-payment' }, dates)).toBe('2025-12-01');
  expect(agedFrom({ ageFrom: 'last-payment' }, { ...dates, lastPaidOn: '2026-02-02' })).toBe('2026-02-02');
  expect(agedFrom({ ageFrom: 'incurred' }, { ...dates, incurredOn: null })).toBe('2026-01-05');
});

test('no debt is old enough while it can still be paid in time', () => {
  const bill = { ...{ lastPaidOn: null, delinquentOn: null }, incurredOn: '2026-01-01', registeredOn: '2026-01-05' };
  const dates = { ...bill, dueOn: '2026-06-30' };
  expect(agedFrom({}, dates)).toBe('2026-06-30');
  expect(agedFrom({ ageFrom: 'incurred' }, dates)).toBe('2026-01-01');
  expect(ofAgeOn({ minAgeDays: 150 }, bill)).toBe('2026-05-31');
  expect(ofAgeOn({ minAgeDays: 150 }, dates)).toBe('2026-11-27');
  expect(ofAgeOn({ minAgeDays: 0 }, dates)).toBe('2026-07-01');
  expect(ofAgeOn({ minAgeDays: 150, ageFrom: 'incurred' }, dates)).toBe('2026-07-01');
  expect(ofAgeOn({ minAgeDays: 200, ageFrom: 'incurred' }, dates)).toBe('2026-07-20');
});

describe('a selection', () => {
  const TODAY = '2026-02-01';
  const outside = (changes: object, strategy: object = {}) =>
    outsideSelection({ ...YOUNG, ...strategy }, dueDebt('1', { balanceMinor: 2_000, ...changes }), TODAY);

  test('has balances at both ends, and nothing of which nothing is owed', () => {
    expect(outside({ balanceMinor: 999 })).toBe('too-small');
    expect(outside({ balanceMinor: 1_000 })).toBeNull();
    expect(outside({ balanceMinor: 5_000 })).toBeNull();
    expect(outside({ balanceMinor: 5_001 })).toBe('too-large');
    expect(outside({ balanceMinor: 0 }, { minBalanceMinor: 0 })).toBe('nothing-owed');
  });

  test('begins on the day on which a debt is old enough', () => {
    expect(outside({ delinquentOn: '2026-01-02' })).toBeNull();
    expect(outside({ delinquentOn: '2026-01-03' })).toBe('too-young');
  });

  test('is of kinds of debtors and of what is known of them, where it says so', () => {
    expect(outside({}, { debtorKinds: ['business'] })).toBe('debtor-kind');
    expect(outside({ debtorKind: 'business' }, { debtorKinds: ['business'] })).toBeNull();
    expect(outside({ hasAddress: false })).toBeNull();
    expect(outside({ hasAddress: false }, { requires: ['address'] })).toBe('no-address');
    expect(outside({}, { requires: ['address', 'telephone'] })).toBe('no-telephone');
  });
});

test('a version is the content, whatever the order of its keys, and nothing that is left out', () => {
  const turned = Object.fromEntries(Object.entries(YOUNG).reverse()) as unknown as Strategy;
  expect(strategyVersion({ ...turned, recall: undefined })).toBe(strategyVersion(YOUNG));
  expect(strategyVersion({ ...YOUNG, minAgeDays: 31 })).not.toBe(strategyVersion(YOUNG));
});

test('a change surprises by the share of the debts that it touches, and never by a few', () => {
  expect(isSurprising({ referred: 40, recalled: 10, owed: 60 }, 10)).toBe(false);
  expect(isSurprising({ referred: 40, recalled: 11, owed: 60 }, 10)).toBe(true);
  expect(isSurprising({ referred: 100, recalled: 0, owed: 1_000 }, 10)).toBe(false);
  expect(isSurprising({ referred: 100, recalled: 1, owed: 1_000 }, 10)).toBe(true);
  expect(isSurprising({ referred: 900, recalled: 100, owed: 1_000 }, 100)).toBe(false);
});
