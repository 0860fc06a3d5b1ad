import { describe, expect, it } from '@jest/globals';
import { ledgerTerms } from './ledger-terms.js';

const interest = {
  debtTypes: ['utility'],
  base: 'principal',
  dayCount: 'actual/365',
  startsOn: 'delinquent',
  frozenBy: ['insolvency'],
  rates: [{ from: '2026-01-01', yearlyPercent: '8.25' }],
};
const all = ['cost', 'fee', 'interest', 'principal'];
const faults = (value: unknown) => ledgerTerms.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

describe('ledger terms', () => {
  it('are a stated order, no interest and no charges where nothing is said', () => {
    expect(ledgerTerms.parse({})).toEqual({ allocation: [{ from: null, order: all }], interest: [], charges: [] });
  });

  it('take orders and rates with the days from which they hold', () => {
    const order = ['principal', 'interest', 'fee', 'cost'];
    const terms = { allocation: [{ order: all }, { from: '2027-01-01', order }], interest: [interest] };
    expect(ledgerTerms.parse(terms).allocation).toEqual([
      { from: null, order: all },
      { from: '2027-01-01', order },
    ]);
  });

  it('leave interest to be asked for where nothing else is said', () => {
    const accrue = (changes: object) =>
      ledgerTerms.parse({ interest: [{ ...interest, ...changes }] }).interest[0]?.accrue;
    expect(accrue({})).toBe('on-request');
    expect(accrue({ accrue: 'monthly' })).toBe('monthly');
  });

  it.each([
    ['an order without a bucket', { allocation: [{ order: all.slice(1) }] }],
    ['an order with a bucket twice', { allocation: [{ order: [...all.slice(1), 'fee'] }] }],
    ['orders of which none always held', { allocation: [{ from: '2027-01-01', order: all }] }],
    ['two orders that always held', { allocation: [{ order: all }, { order: all }] }],
    ['a rate that is a number', { interest: [{ ...interest, rates: [{ from: '2026-01-01', yearlyPercent: 8.25 }] }] }],
    ['a rate below zero', { interest: [{ ...interest, rates: [{ from: '2026-01-01', yearlyPercent: '-1' }] }] }],
    ['two rates from one day', { interest: [{ ...interest, rates: [interest.rates[0], interest.rates[0]] }] }],
    ['a debt type with two terms', { interest: [interest, interest] }],
    ['interest that accrues weekly', { interest: [{ ...interest, accrue: 'weekly' }] }],
    ['terms that do not say what freezes them', { interest: [{ ...interest, frozenBy: undefined }] }],
  ])('refuse %s', (_, value) => {
    expect(faults(value)).not.toEqual([]);
  });
});
