import { describe, expect, test } from '@jest/globals';
import type { DebtSnapshot, PartnerRecord, PartySnapshot } from '@concord/plugin-sdk';
import { CANADIAN_SETTINGS, canadianDebt, DEBTOR, SPOUSE } from './samples/canadian-debts.js';
import { ALLOWED, DATE, debtOf, decided, PAID, stopped } from './samples/debts.js';
import { changeOf, decoded, encoded, settingsOf, written } from './samples/tradeline-file.js';
import { cautionsOf } from './cautions.js';
import { tradelineIn } from './content.js';
import plugin from './index.js';

const settings = settingsOf({ country: 'CA' });
const asked = settingsOf(CANADIAN_SETTINGS);

const wanted = (debt: DebtSnapshot, decision = ALLOWED, under = settings) =>
  plugin.position!.desire(debt, { settings: under, date: DATE, decision })[0];

test('tells number, date of birth, currency, province and postal code', async () => {
  const nobody = canadianDebt({ number: '000000000024', parties: [{ ...DEBTOR, identifiers: {} }] });
  const { bytes, setAside } = await written(asked, [
    changeOf(asked, canadianDebt({ parties: [DEBTOR, SPOUSE] })),
    changeOf(asked, nobody, { sequence: 2 }),
    changeOf(asked, { ...nobody, referral: null }, { sequence: 3 }),
  ]);
  expect(setAside.map(({ sequence, fault }) => [sequence, fault.rule, fault.position])).toEqual([
    [2, 'social-insurance-number', '298-306'],
  ]);
  const [, told, deleted] = (await decoded(asked, bytes)).map(({ record }) => record);
  expect(told).toMatchObject({
    currencyTypeCode: 'CAD',
    socialSecurityNumber: '912345678',
    dateBirth: '1980-02-29',
    state: 'NL',
    zipCode: 'A1C1A1',
    segments: [{ segmentIdentifier: 'J1', socialSecurityNumber: '998765432' }, { creditorClassification: '04' }],
  });
  expect(deleted).toMatchObject({ accountStatus: 'DA' });
});

describe('codes of the United States', () => {
  test.each(['dispute', 'active-duty', 'insolvency'] as const)('%s has none in Canada: it is taken back', (kind) => {
    const position = wanted(stopped(canadianDebt(), kind, { chapter: '7' }), decided('restrain', `STOP:${kind}`))!;
    expect([position.state, tradelineIn(position.content).ending]).toEqual(['closed', 'deleted']);
  });

  test('a dispute has the code that the bureau gave, and its removal', async () => {
    const disputed = stopped(canadianDebt(), 'dispute');
    const during = changeOf(asked, disputed, { decision: decided('restrain') });
    expect(during).toMatchObject({ state: 'restrained', content: { complianceCondition: 'XX' } });
    const after = changeOf(asked, canadianDebt(), { before: during.content });
    const read = await decoded(asked, (await written(asked, [after])).bytes);
    expect(read[1]!.record).toMatchObject({ complianceConditionCode: 'XY' });
  });

  test('a bankruptcy is not hidden by a dispute that has a code', () => {
    const disputed = stopped(canadianDebt(), 'dispute');
    const insolvency = { ...disputed.stops[0]!, id: 't', kind: 'insolvency' as const, details: { chapter: '7' } };
    const position = wanted({ ...disputed, stops: [...disputed.stops, insolvency] }, decided('restrain'), asked)!;
    expect(position.state).toBe('closed');
  });

  test('settled is told as paid where no comment is known', () => {
    const { content } = wanted(canadianDebt({ ledger: { ...PAID, settled: true } }))!;
    expect(tradelineIn(content)).toMatchObject({ ending: 'settled', specialComment: null });
  });

  test("a co-debtor's own bankruptcy takes that person off the account", () => {
    const debt = canadianDebt({ parties: [DEBTOR, SPOUSE] });
    const stop = { ...stopped(debt, 'insolvency', { chapter: '7' }).stops[0]!, partyId: SPOUSE.id };
    expect(tradelineIn(wanted(debt)!.content).associated).toHaveLength(1);
    expect(tradelineIn(wanted({ ...debt, stops: [stop] })!.content).associated).toEqual([]);
  });
});

describe('who is reported', () => {
  test('a co-debtor without number or date of birth is left out', () => {
    const { sin, 'date-of-birth': born } = SPOUSE.identifiers;
    const others = (identifiers: PartySnapshot['identifiers']) =>
      tradelineIn(wanted(canadianDebt({ parties: [DEBTOR, { ...SPOUSE, identifiers }] }))!.content).associated.length;
    expect(others({ sin: sin!, 'date-of-birth': born! })).toBe(1);
    expect(others({ sin: sin! })).toBe(0);
    expect(others({ 'date-of-birth': born! })).toBe(0);
  });

  test('only debts of the country whose dialect is set', () => {
    expect(wanted(debtOf())).toBeUndefined();
    expect(wanted(canadianDebt(), ALLOWED, settingsOf())).toBeUndefined();
  });

  test('the Social Insurance Number, never a Social Security Number', () => {
    const both = { ...DEBTOR, identifiers: { ...DEBTOR.identifiers, ssn: { identifier: 'ssn-1' } } };
    const { content } = wanted(canadianDebt({ parties: [both] }))!;
    expect(tradelineIn(content).primary.socialSecurityNumber).toEqual({ identifier: 'sin-1' });
  });
});

describe('rules on a record', () => {
  const RIGHT: PartnerRecord = {
    identificationNumber: 'CITYCOLL01',
    consumerAccountNumber: 'CITY1',
    portfolioType: 'O',
    accountType: '48',
    dateOpened: '2026-06-01',
    termsDuration: '001',
    accountStatus: '93',
    paymentHistoryProfile: 'B'.repeat(24),
    dateAccountInformation: DATE,
    surname: 'Lee',
    firstName: 'Bo',
    socialSecurityNumber: '912345678',
    dateBirth: '1980-02-29',
    ecoaCode: '1',
    firstLineAddress: '1 Water St',
    city: "St. John's",
    state: 'NL',
    zipCode: 'A1C1A1',
    segments: [{ segmentIdentifier: 'K1', originalCreditorName: 'Province', creditorClassification: '04' }],
  };
  const reader = settingsOf({ country: 'CA', profile: 'any' });
  const broken = async (changed: PartnerRecord, under = settings) =>
    (await encoded(under, [{ ...RIGHT, ...changed }])).faults.map(({ rule, field }) => `${rule} ${field}`);

  test('a right record breaks none, though it lacks what is asked for in the United States', async () => {
    expect(await broken({})).toEqual([]);
    expect(await broken({ dateFirstDelinquency: null })).toEqual([]);
  });

  test('number and date of birth of every consumer are required, those of who is deleted are not', async () => {
    const joint = { segmentIdentifier: 'J1', surname: 'Lee', firstName: 'Ann', ecoaCode: '2' };
    const segments = [joint, ...(RIGHT['segments'] as PartnerRecord[])];
    expect(await broken({ socialSecurityNumber: null })).toEqual(['social-insurance-number socialSecurityNumber']);
    expect(await broken({ dateBirth: null })).toEqual(['date-of-birth dateBirth']);
    expect(await broken({ segments })).toEqual([
      'social-insurance-number j1.socialSecurityNumber',
      'date-of-birth j1.dateBirth',
    ]);
    expect(await broken({ segments: [{ ...joint, ecoaCode: 'Z' }, ...segments.slice(1)] })).toEqual([]);
    expect(await broken({ accountStatus: 'DA', socialSecurityNumber: null, dateBirth: null, segments: [] })).toEqual(
      [],
    );
  });

  test('a collector names creditor and classification', async () => {
    expect(await broken({ segments: [] })).toEqual(['original-creditor k1.originalCreditorName']);
    const unclassified = [{ segmentIdentifier: 'K1', originalCreditorName: 'Province' }];
    expect(await broken({ segments: unclassified })).toEqual(['required k1.creditorClassification']);
  });

  test.each(['05', '13', '65', '88', '89', '94', '95'])('status %s needs a payment rating', async (accountStatus) => {
    expect(await broken({ accountStatus }, reader)).toEqual(['payment-rating paymentRating']);
    expect(await broken({ accountStatus, paymentRating: 'G' }, reader)).toEqual([]);
  });

  test.each(['07', '87', 'ZA'])('status %s has no counter: only with the word of the bureau', async (accountStatus) => {
    const confirmed = settingsOf({ country: 'CA', profile: 'any', canada: { uncountedStatuses: [accountStatus] } });
    expect(await broken({ accountStatus }, reader)).toEqual(['uncounted-status accountStatus']);
    expect(await broken({ accountStatus }, confirmed)).toEqual([]);
    expect(await broken({ accountStatus, paymentRating: '0' }, confirmed)).toEqual(['payment-rating paymentRating']);
    expect((await encoded(settingsOf({ profile: 'any' }), [{ ...RIGHT, accountStatus }])).faults[0]).toMatchObject({
      rule: 'code-list',
    });
    expect(cautionsOf(confirmed).map(({ code }) => code)).toContain('uncounted-statuses');
  });

  test('currency and transaction type stand in positions 214 and 231, and in no other dialect', async () => {
    const { bytes } = await encoded(settings, [{ ...RIGHT, currencyTypeCode: 'CAD', consumerTransactionType: '1' }]);
    const line = bytes.toString('latin1').split('\n')[1]!;
    expect([line.slice(213, 230), line.charAt(230)]).toEqual(['CAD'.padEnd(17), '1']);
    const { faults } = await encoded(settingsOf({ profile: 'any' }), [{ ...RIGHT, currencyTypeCode: 'CAD' }]);
    expect(faults.map(({ rule }) => rule)).toEqual(['unknown-field']);
  });
});

test('says at start what is unconfirmed and what is not applied', () => {
  const codes = (under = settings) => cautionsOf(under).map(({ code }) => code);
  expect(codes()).toEqual(
    expect.arrayContaining(['canada-unconfirmed', 'us-rules-not-applied', 'currency-unset', 'dispute-unmarked']),
  );
  expect(codes(asked)).not.toContain('currency-unset');
  expect(codes(asked)).not.toContain('dispute-unmarked');
  expect(codes(settingsOf())).toEqual(['layout-unconfirmed', 'rejects-unreadable']);
});

test.each([
  ['Canadian answers in another country', { canada: {} }],
  ['the Canadian packed form, whose positions are not known', { country: 'CA', form: 'packed' }],
  ['a third country', { country: 'GB' }],
])('refuses settings: %s', (_name, changed) => {
  expect(() => settingsOf(changed)).toThrow();
});
