import { describe, expect, test } from '@jest/globals';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { recordRules } from './record-rules.js';

const US = (profile: 'collector' | 'any') => recordRules({ profile, country: 'US' });

const RIGHT: PartnerRecord = {
  identificationNumber: 'CITYCOLL01',
  consumerAccountNumber: 'CITY0001',
  accountStatus: '93',
  termsDuration: '001',
  paymentHistoryProfile: 'B'.repeat(24),
  dateFirstDelinquency: '2025-03-01',
  socialSecurityNumber: '212345678',
  segments: [{ segmentIdentifier: 'K1' }],
};

const broken = (profile: 'collector' | 'any', changed: PartnerRecord): string[] =>
  US(profile)({ ...RIGHT, ...changed }).map(({ rule }) => rule);

describe('rules across the fields of a record', () => {
  test('a right record breaks none', () => {
    expect(broken('collector', {})).toEqual([]);
  });

  test.each<[string, PartnerRecord, string]>([
    ['93 without date of first delinquency', { dateFirstDelinquency: undefined }, 'first-delinquency'],
    ['93 with a payment rating', { paymentRating: 'G' }, 'payment-rating'],
    ['13 without a payment rating', { accountStatus: '13' }, 'payment-rating'],
    ['a short history', { paymentHistoryProfile: 'B'.repeat(23) }, 'payment-history'],
    ['a history with a code of no list', { paymentHistoryProfile: 'X'.repeat(24) }, 'payment-history'],
    ['an account number with a blank', { consumerAccountNumber: 'CITY 1' }, 'account-number'],
    ['an account number with a hyphen', { consumerAccountNumber: 'CITY-1' }, 'account-number'],
    ['an account number with the SSN in it', { consumerAccountNumber: 'X212345678' }, 'account-number'],
    [
      'an account number with an SSN given as number',
      { consumerAccountNumber: 'X001234567', socialSecurityNumber: 1_234_567 },
      'account-number',
    ],
    ['an identification number of zeros', { identificationNumber: '000000' }, 'identification-number'],
    ['terms of no list', { termsDuration: '1M' }, 'terms-duration'],
  ])('every furnisher: %s', (_name, changed, rule) => {
    expect(broken('any', changed)).toEqual([rule]);
  });

  test.each<[string, PartnerRecord, string]>([
    ['a current account', { accountStatus: '11' }, 'collector-status'],
    ['no original creditor', { segments: undefined }, 'original-creditor'],
    ['a paid collection without original creditor', { accountStatus: '62', segments: [] }, 'original-creditor'],
    ['settled while still owed', { specialComment: 'AU' }, 'settled'],
    ['neither SSN nor date of birth', { socialSecurityNumber: undefined }, 'minimum-identity'],
  ])('a collector: %s', (_name, changed, rule) => {
    expect(broken('collector', changed)).toEqual([rule]);
    expect(broken('any', changed)).toEqual([]);
  });

  test('a deletion is never kept back by what is missing', () => {
    const bare = {
      accountStatus: 'DA',
      segments: undefined,
      socialSecurityNumber: undefined,
      dateFirstDelinquency: undefined,
    };
    expect(broken('collector', bare)).toEqual([]);
  });

  test('an account number that may contain an SSN is not shown', () => {
    const [violation] = US('any')({ ...RIGHT, consumerAccountNumber: 'X212345678' });
    expect(violation).toMatchObject({ field: 'consumerAccountNumber', sensitive: true });
  });
});
