import { describe, expect, test } from '@jest/globals';
import { contactValue } from './contact-value.js';
import { foundContact } from './found-contact.js';
import { normalisedIdentifier } from './identifier-text.js';

const FOUND = { debtor: '000123', street1: ' 12 Harbor St ', city: 'Exampleton', region: 'TX', postalCode: '75001' };

describe('where a partner found somebody', () => {
  test('is an address with the number of the party', () => {
    expect(foundContact({ ...FOUND, on: '2026-03-01' }, 'US')).toEqual({
      partyNumber: '123',
      address: {
        ...{ line1: '12 Harbor St', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75001', country: 'US' },
      },
      telephone: null,
      on: '2026-03-01',
    });
  });

  test('is a telephone', () => {
    expect(foundContact({ telephone: '(512) 555-0100' }, 'US')).toEqual({
      ...{ partyNumber: null, address: null, telephone: '5125550100', on: null },
    });
  });

  test.each(['home', 'cell'])('is a telephone of the type %s', (telephoneType) => {
    expect(foundContact({ telephone: '5125550100', telephoneType }, 'US')).toMatchObject({ telephone: '5125550100' });
  });

  test('is an address without a telephone of somebody else, and without a day that there is not', () => {
    const found = { ...FOUND, telephone: '5125550100', telephoneType: 'work', on: '2025-99-99' };
    expect(foundContact(found, 'US')).toMatchObject({ address: { city: 'Exampleton' }, telephone: null, on: null });
  });

  test.each<Readonly<Record<string, unknown>>>([
    {},
    { street1: '12 Harbor St' },
    { telephone: '12' },
    { street1: 5, city: [], postalCode: null },
    { ...FOUND, country: 'Texas' },
    { ...FOUND, street1: '12 Harbor St\nUnit 5' },
    { ...FOUND, city: 'x'.repeat(61) },
    ...['work', 'fax', 'spouse home', 'spouse work', '9'].map((telephoneType) => ({
      ...{ telephone: '5125550100', telephoneType },
    })),
  ])('is nothing that can be kept: %j', (details) => {
    expect(foundContact(details, 'US')).toBeNull();
  });
});

test.each([
  ['telephone', '+1 512-555-0100', '5125550100'],
  ['telephone', '020 7946 0000', '02079460000'],
  ['telephone', '+44 20 7946 0000', '02079460000'],
  ['telephone', '+44 (0)20 7946 0000', '02079460000'],
  ['telephone', '0044 20 7946 0000', '02079460000'],
  ['telephone', '442079460000', '02079460000'],
  ['telephone', '(020) 7946 0000', '02079460000'],
  ['telephone', '+33 1 99 00 12 34', '0199001234'],
  ['telephone', '443 555 0100', '4435550100'],
  ['telephone', 'none', null],
  ['email', ' Robin@Example.ORG ', 'Robin@example.org'],
  ['email', 'robin', null],
  ['post', 'here', null],
] as const)('the %s %s is kept as %s', (kind, value, expected) => {
  expect(contactValue(kind, value)).toBe(expected);
});

test.each([
  ['ssn', '901-22-3333', '901223333'],
  ['ssn', '000000000', null],
  ['sin', '046 454 286', '046454286'],
  ['date-of-birth', '1980-02-30', null],
] as const)('the identifier %s %s is looked up as %s', (kind, value, expected) => {
  expect(normalisedIdentifier(kind, value)).toBe(expected);
});
