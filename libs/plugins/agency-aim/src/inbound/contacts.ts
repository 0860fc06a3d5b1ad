import type { DecodeContext } from '@concord/plugin-sdk';
import { PHONE_TYPES } from '../layout/contacts.js';
import type { AimSettings } from '../settings.js';
import { detailsOf } from './details.js';
import { readRecords, textIn, type Read } from './read-records.js';
import { statementKey } from './statement-key.js';

const ADDRESS = {
  debtor: 'debtorNumber',
  street1: 'newStreet1',
  street2: 'newStreet2',
  city: 'newCity',
  region: 'newState',
  postalCode: 'newZip',
  oldStreet1: 'oldStreet1',
  oldStreet2: 'oldStreet2',
  oldCity: 'oldCity',
  oldRegion: 'oldState',
  oldPostalCode: 'oldZip',
  on: 'date',
} as const;

const PHONE = { debtor: 'debtorNumber', telephone: 'newNumber', oldTelephone: 'oldNumber', on: 'date' } as const;

/** Reads the addresses that the agency found. */
export function decodeAddresses(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('addresses', bytes, context, ({ record, reference }) => ({
    kind: 'contact-found',
    naturalKey: statementKey(record, reference),
    reference,
    details: detailsOf(record, ADDRESS),
  }));
}

/** Reads the telephone numbers that the agency found. */
export function decodePhones(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('phones', bytes, context, ({ record, reference }) => {
    const type = textIn(record, 'phoneType');
    return {
      kind: 'contact-found',
      naturalKey: statementKey(record, reference),
      reference,
      details: {
        ...detailsOf(record, PHONE),
        ...(type === '' ? {} : { telephoneType: PHONE_TYPES[type] ?? type }),
      },
    };
  });
}
