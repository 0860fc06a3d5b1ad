import { describe, expect, test } from '@jest/globals';
import type { DebtSnapshot, PartnerRecord } from '@concord/plugin-sdk';
import { debtOf, guarantor, person, spouse, stopped } from './samples/debts.js';
import { changeOf, decoded, settingsOf, written } from './samples/tradeline-file.js';
import type { Metro2Settings } from './settings.js';

const plain = settingsOf();
const buyer = settingsOf({ boughtDebts: { water: { from: 'Springfield Water Co', on: '2025-12-01' } } });

/** The base record that tells `debt`, after `before` was told under `told`. */
async function base(
  settings: Metro2Settings,
  debt: DebtSnapshot,
  before: DebtSnapshot | null = null,
  told = settings,
): Promise<PartnerRecord> {
  const previous = before === null ? null : changeOf(told, before).content;
  const { bytes, setAside } = await written(settings, [changeOf(settings, debt, { before: previous })]);
  expect(setAside).toEqual([]);
  const read = await decoded(settings, bytes);
  expect(read.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
  return read[1]!.record!;
}

const segments = (record: PartnerRecord) => (record['segments'] ?? []) as PartnerRecord[];
const kinds = (record: PartnerRecord) => segments(record).map(({ segmentIdentifier }) => segmentIdentifier);

describe('which segment an associated consumer gets', () => {
  const { address } = person();
  const at = (changed: object) => ({ ...spouse, address: { ...address!, ...changed } });

  test.each([
    ['the same address', spouse, 'J1'],
    ['the same address, written otherwise', at({ line1: '1 ELM ST.', postalCode: '62701 1234' }), 'J1'],
    ['another flat of the house', at({ line2: 'Apt 5' }), 'J2'],
    ['no flat', at({ line2: null }), 'J2'],
    ['the same street in another city', at({ city: 'Peoria' }), 'J2'],
    ['another country', at({ country: 'CA' }), 'J2'],
  ])('%s', async (_name, other, identifier) => {
    const record = await base(plain, debtOf({ parties: [person(), other] }));
    expect(kinds(record)).toEqual([identifier, 'K1']);
  });

  test('a J2 carries its address, a J1 none; the segments stand in order whatever that of the parties', async () => {
    const record = await base(plain, debtOf({ parties: [person(), guarantor, spouse] }));
    expect(segments(record)).toMatchObject([
      { segmentIdentifier: 'J1', firstName: 'ANN', ecoaCode: '2', socialSecurityNumber: '298765432' },
      { segmentIdentifier: 'J2', firstName: 'BO', ecoaCode: '5', city: 'PEORIA', zipCode: '61602' },
      { segmentIdentifier: 'K1', originalCreditorName: 'CITY OF SPRINGFIELD', creditorClassification: '04' },
    ]);
    expect(segments(record)[0]).not.toHaveProperty('city');
  });
});

describe('who is no longer on the account', () => {
  const both = debtOf({ parties: [person(), spouse, guarantor] });
  const alone = debtOf();

  test('is deleted from it, once, as last told', async () => {
    const record = await base(plain, alone, both);
    expect(record['ecoaCode']).toBe('1');
    expect(segments(record)).toMatchObject([
      { segmentIdentifier: 'J1', firstName: 'ANN', ecoaCode: 'Z' },
      { segmentIdentifier: 'J2', firstName: 'BO', ecoaCode: 'Z', city: 'PEORIA' },
      { segmentIdentifier: 'K1' },
    ]);
    expect(kinds(await base(plain, alone, alone))).toEqual(['K1']);
  });

  test('is not who became the debtor', async () => {
    const record = await base(plain, debtOf({ parties: [{ ...spouse, role: 'debtor' }] }), both);
    expect(record['firstName']).toBe('ANN');
    expect(segments(record)).toMatchObject([{ firstName: 'BO', ecoaCode: 'Z' }, { segmentIdentifier: 'K1' }]);
  });

  test('is not deleted when the account is new after a deletion', async () => {
    expect(kinds(await base(plain, alone, { ...both, referral: null }))).toEqual(['K1']);
  });

  test('stays who has moved', async () => {
    const moved = { ...spouse, address: guarantor.address };
    const record = await base(plain, debtOf({ parties: [person(), moved] }), debtOf({ parties: [person(), spouse] }));
    expect(segments(record)).toMatchObject([{ segmentIdentifier: 'J2', ecoaCode: '2' }, { segmentIdentifier: 'K1' }]);
  });

  test('is who went bankrupt under a chapter that has no code', async () => {
    const stop = { ...stopped(alone, 'insolvency').stops[0]!, partyId: spouse.id };
    const record = await base(plain, { ...both, stops: [stop] }, both);
    expect(segments(record)).toMatchObject([{ firstName: 'ANN', ecoaCode: 'Z' }, { firstName: 'BO' }, {}]);
  });
});

describe('bought debts', () => {
  test("are a debt buyer's, opened on the day of the purchase, and name the seller", async () => {
    const record = await base(buyer, debtOf());
    expect(record).toMatchObject({ accountType: '0C', dateOpened: '2025-12-01' });
    expect(segments(record).at(-1)).toMatchObject({
      segmentIdentifier: 'K2',
      purchasedIndicator: '1',
      purchasedName: 'SPRINGFIELD WATER CO',
    });
  });

  test('are those of their type only', async () => {
    const record = await base(buyer, debtOf({ debt: { type: 'parking' } }));
    expect(record).toMatchObject({ accountType: '48', dateOpened: '2026-06-01' });
    expect(kinds(record)).toEqual(['K1']);
  });

  test('that were none are told so, once', async () => {
    const record = await base(plain, debtOf(), debtOf(), buyer);
    expect(segments(record).at(-1)).toMatchObject({ segmentIdentifier: 'K2', purchasedIndicator: '9' });
    expect(record['accountType']).toBe('48');
    expect(kinds(await base(plain, debtOf(), debtOf()))).toEqual(['K1']);
  });
});

test('Concord fills no segment of which no case knows anything', async () => {
  const record = await base(buyer, debtOf({ parties: [person(), spouse, guarantor] }));
  expect(kinds(record)).toEqual(['J1', 'J2', 'K1', 'K2']);
});
