import { describe, expect, it } from '@jest/globals';
import { chargeRules } from './charge-rules.js';

const LATE_FEE = {
  id: 'late-fee',
  title: 'Late fee',
  authority: 'Example Code 1.2.3',
  debtTypes: ['utility'],
  bucket: 'fee',
  amount: { minor: 2_500 },
  after: { days: 30 },
  from: '2027-01-01',
  frozenBy: ['moratorium'],
};
const read = (changes: object) => chargeRules.safeParse([{ ...LATE_FEE, ...changes }]);

describe('rules of charges', () => {
  it('are none where nothing is said', () => {
    expect(chargeRules.parse(undefined)).toEqual([]);
  });

  it('charge once and without an end where nothing else is said', () => {
    expect(chargeRules.parse([LATE_FEE])).toEqual([
      { ...LATE_FEE, after: { unit: 'days', count: 30 }, every: null, times: null, to: null },
    ]);
  });

  it('take per cent of what is owed, up to a limit, and charge again', () => {
    const amount = { percent: '2.5', of: 'balance', atMostMinor: 5_000 };
    expect(read({ amount, every: { months: 1 }, times: 3, to: '2027-12-31' }).data).toMatchObject([
      { amount, every: { unit: 'months', count: 1 }, times: 3, to: '2027-12-31' },
    ]);
  });

  it.each([
    ['no amount', { amount: {} }],
    ['two amounts', { amount: { minor: 1, percent: '1', of: 'balance' } }],
    ['per cent of nothing', { amount: { percent: '1' } }],
    ['a limit of a fixed amount', { amount: { minor: 1, atMostMinor: 1 } }],
    ['charges that grow on themselves', { amount: { percent: '1', of: 'balance' }, every: { months: 1 } }],
    ['an amount of zero', { amount: { minor: 0 } }],
    ['an amount that is not in minor units', { amount: { minor: 2.5 } }],
    ['days and months', { after: { days: 1, months: 1 } }],
    ['neither days nor months', { after: {} }],
    ['charges on the same day for ever', { every: { days: 0 } }],
    ['a number of times without a next time', { times: 3 }],
    ['an end before the beginning', { to: '2026-12-31' }],
    ['no day from which it holds', { from: undefined }],
    ['no word on what freezes it', { frozenBy: undefined }],
    ['no word on what allows it', { authority: ' ' }],
    ['a bucket that is not charged', { bucket: 'principal' }],
  ])('refuse %s', (_, changes) => {
    expect(read(changes).success).toBe(false);
  });

  it('refuse an id twice', () => {
    expect(chargeRules.safeParse([LATE_FEE, LATE_FEE]).success).toBe(false);
  });
});
