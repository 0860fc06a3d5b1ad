import { describe, expect, test } from '@jest/globals';
import { addressKey } from './address-likeness.js';
import type { PostalAddress } from './address-likeness.js';
import { match } from './match.js';
import type { ComparedParty, MatchLevel, MatchReasonCode } from './match.js';
import type { PartyName } from './name-normalisation.js';

const ADDRESS: PostalAddress = {
  ...{ line1: '12 Harbor Street', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75001', country: 'US' },
};
const named = (surname: string, firstName: string | null, changes: Partial<PartyName> = {}): PartyName => ({
  ...{ kind: 'person', surname, firstName, middleName: null, generation: null, ...changes },
});
const party = (changes: Partial<ComparedParty> = {}): ComparedParty => ({
  ...{
    kind: 'person',
    names: [named('Castillo', 'Maria')],
    addresses: [],
    telephones: [],
    identifiers: {},
    ...changes,
  },
});
const firm = (surname: string, changes: Partial<ComparedParty> = {}): ComparedParty =>
  party({ kind: 'business', names: [named(surname, null, { kind: 'business' })], ...changes });
const ssn = (value: string) => ({ identifiers: { ssn: [value] } });
const born = (value: string) => ({ identifiers: { 'date-of-birth': [value] } });
const here = { addresses: [ADDRESS] };
const phone = { telephones: ['5125550100'] };
const someoneElse = { names: [named('Okafor', 'Daniel')] };

describe('two parties', () => {
  test.each<[string, ComparedParty, ComparedParty, MatchLevel | null, MatchReasonCode[]]>([
    ['same number and name', party(ssn('a')), party(ssn('a')), 'certain', ['same-ssn', 'same-name']],
    ['same number, another name', party(ssn('a')), party({ ...ssn('a'), ...someoneElse }), 'likely', ['same-ssn']],
    ['same name and birth', party(born('a')), party(born('a')), 'likely', ['same-date-of-birth', 'same-name']],
    [
      'same name, birth and address',
      party({ ...born('a'), ...here }),
      party({ ...born('a'), ...here }),
      'certain',
      ['same-date-of-birth', 'same-name', 'same-address'],
    ],
    ['same name and address', party(here), party(here), 'possible', ['same-name', 'same-address']],
    [
      'same name, address and telephone',
      party({ ...here, ...phone }),
      party({ ...here, ...phone }),
      'likely',
      ['same-name', 'same-address', 'same-telephone'],
    ],
    ['same name alone', party(), party(), null, ['same-name']],
    ['one household', party(here), party({ ...here, ...someoneElse }), null, ['same-address']],
    ['same name, another number', party(ssn('a')), party(ssn('b')), null, ['different-ssn', 'same-name']],
    ['same birth alone', party(born('a')), party({ ...born('a'), ...someoneElse }), null, ['same-date-of-birth']],
    ['a business by its name alone', firm('Harbor Cafe Inc'), firm('The Harbor Café'), 'possible', ['same-name']],
    [
      'a business by name and address',
      firm('Harbor Cafe Inc', here),
      firm('Harbor Cafe LLC', here),
      'likely',
      ['same-name', 'same-address'],
    ],
    ['a person and a business', party(here), firm('Castillo Maria', here), null, []],
  ])('%s', (_, left, right, level, codes) => {
    const stated = match(left, right);
    expect(stated.level).toBe(level);
    expect(stated.reasons.map(({ code }) => code)).toEqual(codes);
    expect(match(right, left)).toEqual(stated);
    expect(stated.score).toBeGreaterThanOrEqual(0);
    expect(stated.score).toBeLessThanOrEqual(10_000);
  });

  test('that contradict each other are possible at most, whatever else agrees', () => {
    const left = party({ identifiers: { ssn: ['a'], 'date-of-birth': ['x'] }, ...here, ...phone });
    const right = party({ identifiers: { ssn: ['a'], 'date-of-birth': ['y'] }, ...here, ...phone });
    expect(match(left, right)).toMatchObject({ level: 'possible', score: 10_000 });
    const generation = (each: string) => ({
      names: [named('Castillo', 'Luis', { generation: each })],
      ...here,
      ...phone,
    });
    expect(match(party(generation('Sr')), party(generation('Jr'))).level).toBe('possible');
  });

  test('are compared by every name that they have or had', () => {
    const married = party({ names: [named('Okafor', 'Maria'), named('Castillo', 'Maria')], ...born('a') });
    expect(match(married, party(born('a')))).toMatchObject({ level: 'likely' });
    const misspelt = match(party({ names: [named('Castilo', 'Maria')], ...born('a') }), party(born('a')));
    expect(misspelt.reasons.map(({ code }) => code)).toEqual(['same-date-of-birth', 'similar-name']);
    expect(misspelt.score).toBeLessThan(8_000);
  });
});

describe('an address', () => {
  test.each<[string, Partial<PostalAddress>]>([
    ['short', { line1: '12 HARBOR ST.' }],
    ['with a longer ZIP code', { postalCode: '75001-1234' }],
    ['with the city spelt otherwise', { city: 'Exampletown' }],
  ])('is the same %s', (_, changes) => {
    expect(addressKey({ ...ADDRESS, ...changes })).toBe(addressKey(ADDRESS));
  });

  test('in an apartment is the same on one line or two', () => {
    const one = addressKey({ ...ADDRESS, line1: '12 Harbor Street #4' });
    expect(addressKey({ ...ADDRESS, line2: 'Apartment 4' })).toBe(one);
    expect(one).not.toBe(addressKey(ADDRESS));
  });

  test.each<[string, Partial<PostalAddress>]>([
    ['next door', { line1: '14 Harbor Street' }],
    ['elsewhere', { postalCode: '75002' }],
    ['in another country', { country: 'CA' }],
  ])('is another one %s', (_, changes) => {
    expect(addressKey({ ...ADDRESS, ...changes })).not.toBe(addressKey(ADDRESS));
  });

  test('in French is the same with and without accents', () => {
    const french = { ...ADDRESS, country: 'CA', postalCode: 'H2X 1Y4' };
    expect(addressKey({ ...french, line1: '5, boulevard Saint-Étienne Est' })).toBe(
      addressKey({ ...french, line1: '5 BLVD SAINT ETIENNE E', postalCode: 'h2x1y4' }),
    );
  });
});
