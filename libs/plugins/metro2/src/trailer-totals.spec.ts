import { expect, test } from '@jest/globals';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { decoded, encoded, settingsOf } from './samples/tradeline-file.js';
import { ACCOUNT_STATUSES, RATED_STATUSES } from './codes/account-status.js';

const settings = settingsOf({ profile: 'any' });

const BASE: PartnerRecord = {
  identificationNumber: 'CITYCOLL01',
  portfolioType: 'O',
  accountType: '48',
  dateOpened: '2026-06-01',
  termsDuration: '001',
  paymentHistoryProfile: 'B'.repeat(24),
  dateAccountInformation: '2026-11-21',
  dateFirstDelinquency: '2025-03-01',
  surname: 'Lee',
  firstName: 'Bo',
  ecoaCode: '1',
  firstLineAddress: '1 Elm St',
  city: 'Springfield',
  state: 'IL',
  zipCode: '62701',
};

const account = (number: number, accountStatus: string, changed: PartnerRecord = {}): PartnerRecord => ({
  ...BASE,
  consumerAccountNumber: `CITY${number}`,
  accountStatus,
  ...(RATED_STATUSES.has(accountStatus) ? { paymentRating: '0' } : {}),
  ...changed,
});

const j1 = (changed: PartnerRecord = {}): PartnerRecord => ({
  segmentIdentifier: 'J1',
  surname: 'Lee',
  firstName: 'Ann',
  ecoaCode: '2',
  ...changed,
});

const j2 = (changed: PartnerRecord = {}): PartnerRecord => ({
  ...j1(),
  segmentIdentifier: 'J2',
  firstLineAddress: '9 Oak Ave',
  city: 'Peoria',
  state: 'IL',
  zipCode: '61602',
  ...changed,
});

/** The trailer of a file of these records, after it was read back without a fault. */
async function trailerOf(records: readonly PartnerRecord[]): Promise<PartnerRecord> {
  const { bytes, faults } = await encoded(settings, records);
  expect(faults).toEqual([]);
  const read = await decoded(settings, bytes);
  expect(read.filter(({ fault }) => fault !== undefined)).toEqual([]);
  return read.at(-1)!.record!;
}

test('each status is counted under its own name', async () => {
  let number = 0;
  const records = ACCOUNT_STATUSES.flatMap((status, index) =>
    Array.from({ length: index + 1 }, () => account((number += 1), status)),
  );
  const trailer = await trailerOf(records);
  const counted = ACCOUNT_STATUSES.map((status) => {
    const [first = '', second = ''] = status;
    return trailer[`totalStatusCode${first}${second.toLowerCase()}`];
  });
  expect(counted).toEqual(ACCOUNT_STATUSES.map((_status, index) => index + 1));
  expect(trailer).toMatchObject({ totalBaseRecords: number, blockCount: number + 2 });
});

test('segments, numbers and dates of birth are counted where they stand', async () => {
  const all = { socialSecurityNumber: '212345678', dateBirth: '1980-02-29', telephoneNumber: '2175550123' };
  const segments: PartnerRecord[] = [
    j1(all),
    j1({ ...all, socialSecurityNumber: '999999999' }),
    j1({ ecoaCode: 'Z' }),
    j2(all),
    j2({ ecoaCode: 'Z', dateBirth: '1979-12-31' }),
    { segmentIdentifier: 'K1', originalCreditorName: 'City', creditorClassification: '04' },
    { segmentIdentifier: 'K2', purchasedIndicator: '1', purchasedName: 'Seller' },
    { segmentIdentifier: 'K3', agencyIdentifier: '01', accountNumber: 'M1' },
    { segmentIdentifier: 'K4', specializedPaymentIndicator: '02', deferredPaymentStartDate: '2027-01-01' },
    { segmentIdentifier: 'L1', changeIndicator: '1', newConsumerAccountNumber: 'CITY9' },
    { segmentIdentifier: 'N1', employerName: 'Works', occupation: 'Clerk' },
  ];
  const trailer = await trailerOf([
    account(1, '93', { ...all, segments }),
    account(2, '93', {
      ecoaCode: 'Z',
      dateBirth: '1980-02-29',
      segments: [{ ...segments[6], purchasedIndicator: '9' }],
    }),
  ]);
  expect(trailer).toMatchObject({
    totalBaseRecords: 2,
    totalConsumerSegmentsJ1: 3,
    totalConsumerSegmentsJ2: 2,
    totalEcoaCodeZ: 3,
    totalEmploymentSegments: 1,
    totalOriginalCreditorSegments: 1,
    totalPurchasedToSegments: 1,
    totalMortgageInformationSegments: 1,
    totalPaymentInformationSegments: 1,
    totalChangeSegments: 1,
    totalSocialNumbersAllSegments: 3,
    totalSocialNumbersBaseSegments: 1,
    totalSocialNumbersJ1Segments: 1,
    totalSocialNumbersJ2Segments: 1,
    totalDatesBirthAllSegments: 6,
    totalDatesBirthBaseSegments: 2,
    totalDatesBirthJ1Segments: 2,
    totalDatesBirthJ2Segments: 2,
    totalTelephoneNumbersAllSegments: 4,
  });
});

test.each([
  ['an employer before the creditor', ['N1', 'K1'], 'segment-order'],
  ['another address before the same one', ['J2', 'J1'], 'segment-order'],
  ['two creditors', ['K1', 'K1'], 'segment-repeats'],
  ['two purchases', ['K2', 'K2'], 'segment-repeats'],
  ['two employers', ['N1', 'N1'], 'segment-repeats'],
])('%s are refused', async (_name, identifiers, rule) => {
  const given: Record<string, PartnerRecord> = {
    J1: j1(),
    J2: j2(),
    K1: { segmentIdentifier: 'K1', originalCreditorName: 'City', creditorClassification: '04' },
    K2: { segmentIdentifier: 'K2', purchasedIndicator: '1', purchasedName: 'Seller' },
    N1: { segmentIdentifier: 'N1', employerName: 'Works' },
  };
  const segments = identifiers.map((identifier) => given[identifier]!);
  const { faults } = await encoded(settings, [account(1, '93', { segments })]);
  expect(faults.map((fault) => fault.rule)).toEqual([rule]);
});
