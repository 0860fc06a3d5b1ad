import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DecryptionError, FieldCipher } from './field-cipher.js';
import { KeyRing } from './key-ring.js';

const k1 = randomBytes(32);
const k2 = randomBytes(32);
const blindIndexKey = randomBytes(32);
const ring = (current: string, ids: Record<string, Buffer>): KeyRing =>
  new KeyRing({ current, keys: new Map(Object.entries(ids)), blindIndexKey });
const cipher = new FieldCipher(ring('k1', { k1 }));
const address = { table: 'identifiers', column: 'value', row: '42' };

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DecryptionError) return error.reason;
    throw error;
  }
  return 'none';
};

describe('FieldCipher', () => {
  it('gives back what was encrypted, also empty and non-ASCII values', () => {
    for (const value of ['123456789', '', 'Škoda €']) {
      expect(cipher.decrypt(cipher.encrypt(value, address), address)).toBe(value);
    }
  });

  it('encrypts the same value differently each time, and never shows it', () => {
    const [first, second] = [cipher.encrypt('123456789', address), cipher.encrypt('123456789', address)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes('123456789')).toBe(false);
  });

  it('reads values of an older key after rotation and writes under the new one', () => {
    const old = cipher.encrypt('123456789', address);
    const rotated = new FieldCipher(ring('k2', { k1, k2 }));
    expect(rotated.decrypt(old, address)).toBe('123456789');
    expect(rotated.keyIdOf(old)).toBe('k1');
    expect(rotated.keyIdOf(rotated.encrypt('1', address))).toBe('k2');
  });

  it('says when the key was removed from the ring', () => {
    const old = cipher.encrypt('1', address);
    expect(reasonOf(() => new FieldCipher(ring('k2', { k2 })).decrypt(old, address))).toBe('unknown-key');
  });

  it.each([{ row: '43' }, { column: 'other' }, { table: 'other' }])('refuses a value moved to %j', (moved) => {
    const stored = cipher.encrypt('123456789', address);
    expect(reasonOf(() => cipher.decrypt(stored, { ...address, ...moved }))).toBe('damaged');
  });

  it('does not confuse table and column that run together to the same text', () => {
    const stored = cipher.encrypt('1', { table: 'ab', column: 'c', row: '1' });
    expect(reasonOf(() => cipher.decrypt(stored, { table: 'a', column: 'bc', row: '1' }))).toBe('damaged');
  });

  it('refuses a change of any single byte', () => {
    const stored = cipher.encrypt('123456789', address);
    for (let at = 0; at < stored.length; at++) {
      const changed = Buffer.from(stored);
      changed[at] = changed[at]! ^ 1;
      expect(() => cipher.decrypt(changed, address)).toThrow(DecryptionError);
    }
  });

  it('refuses a value cut at any length', () => {
    const stored = cipher.encrypt('123456789', address);
    for (let length = 0; length < stored.length; length++) {
      expect(() => cipher.decrypt(stored.subarray(0, length), address)).toThrow(DecryptionError);
    }
  });

  it('does not name the value in the error', () => {
    const stored = cipher.encrypt('123456789', address);
    expect(() => cipher.decrypt(stored, { ...address, row: '9' })).not.toThrow(/123456789/);
  });
});

describe('blind index', () => {
  it('is the same for the same kind and value, and another for another kind, value or key', () => {
    const index = cipher.blindIndex('ssn', '123456789');
    expect(index).toHaveLength(32);
    expect(new FieldCipher(ring('k2', { k2 })).blindIndex('ssn', '123456789').equals(index)).toBe(true);
    expect(cipher.blindIndex('sin', '123456789').equals(index)).toBe(false);
    expect(cipher.blindIndex('ssn', '123456780').equals(index)).toBe(false);
    const other = new KeyRing({ current: 'k1', keys: new Map([['k1', k1]]), blindIndexKey: randomBytes(32) });
    expect(new FieldCipher(other).blindIndex('ssn', '123456789').equals(index)).toBe(false);
  });
});
