import { describe, expect, test } from '@jest/globals';
import { FieldCipher } from '../crypto/field-cipher.js';
import { KEY_BYTES, KeyRing } from '../crypto/key-ring.js';
import { intakeRow } from './domain/intake-row.js';
import { intakeFingerprint } from './intake-fingerprint.js';

const cipher = new FieldCipher(
  new KeyRing({
    current: 'one',
    keys: new Map([['one', Buffer.alloc(KEY_BYTES, 1)]]),
    blindIndexKey: Buffer.alloc(KEY_BYTES, 2),
  }),
);

const SOURCE = {
  sourceReference: 'W-1',
  type: 'water',
  incurredOn: '2025-01-02',
  currency: 'USD',
  entries: [{ kind: 'assessment', amountMinor: 5000, on: '2025-01-02', reference: 'a' }],
  debtor: { sourceReference: 'P-1', kind: 'business', surname: 'Example Ltd' },
};

const JUDGMENT = { court: 'Justice Court', caseNumber: 'JC-1', enteredOn: '2025-06-01', principalMinor: 5000 };

/** That row as the first databases wrote it down, before there were itemisation dates and proofs. */
const FIRST_FORM =
  '{"sourceReference":"W-1","type":"water","aroseFromContract":null,"originalCreditor":null,' +
  '"incurredOn":"2025-01-02","delinquentOn":null,"currency":"USD",' +
  '"entries":[{"kind":"assessment","amountMinor":5000,"on":"2025-01-02","reference":"a"}],' +
  '"debtor":{"sourceReference":"P-1","kind":"business","surname":"Example Ltd","firstName":null,"middleName":null,' +
  '"generation":null,"address":null,"telephone":null,"ssn":null,"sin":null,"dateOfBirth":null},' +
  '"coDebtors":[],"stops":[]}';

const fingerprintOf = (changes: object = {}): string =>
  intakeFingerprint(cipher, intakeRow.parse({ ...SOURCE, ...changes }));

describe('the fingerprint of a row', () => {
  test('without an itemisation date and proofs is the one that first databases hold', () => {
    const first = cipher.blindIndex('intake-row', FIRST_FORM).toString('hex');
    expect(fingerprintOf()).toBe(first);
    expect(fingerprintOf({ itemisedOn: null, proofs: [], dueOn: null, judgment: null })).toBe(first);
  });

  test('differs where the row says when it is itemised or was due, what proves a notice, or what was decided', () => {
    const sent = { kind: 'notice-sent', on: '2025-03-01' };
    const all = [
      fingerprintOf(),
      fingerprintOf({ itemisedOn: '2025-02-01' }),
      fingerprintOf({ itemisedOn: '2025-02-02' }),
      fingerprintOf({ proofs: [sent] }),
      fingerprintOf({ proofs: [{ ...sent, on: '2025-03-02' }] }),
      fingerprintOf({ proofs: [{ ...sent, reference: 'L-1' }] }),
      fingerprintOf({ itemisedOn: '2025-02-01', proofs: [sent] }),
      fingerprintOf({ dueOn: '2025-01-20' }),
      fingerprintOf({ judgment: JUDGMENT }),
      fingerprintOf({ judgment: { ...JUDGMENT, costsMinor: 1 } }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(fingerprintOf({ proofs: [sent] })).toBe(fingerprintOf({ proofs: [sent] }));
  });
});
