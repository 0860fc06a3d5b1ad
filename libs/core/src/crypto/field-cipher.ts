import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from './key-ring.js';

/** Where an encrypted value is stored. A value moved to another place can't be decrypted there. */
export interface FieldAddress {
  readonly table: string;
  readonly column: string;
  /** Primary key of the row, as text. */
  readonly row: string;
}

/**
 * A stored value can't be decrypted.
 *
 * - `unknown-key`: the ring has no key of the id that the value names.
 * - `damaged`: it was changed, cut, or belongs to another row, column or table.
 * - `version`: it was written in a form that this code does not know.
 */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
  readonly reason: 'unknown-key' | 'damaged' | 'version';
  readonly address: FieldAddress;

  constructor(reason: DecryptionError['reason'], address: FieldAddress, detail: string) {
    super(`${address.table}.${address.column} of row ${address.row} can't be decrypted: ${detail}`);
    this.reason = reason;
    this.address = address;
  }
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts single identifiers (SSN, SIN, date of birth, bank details) for the database with AES-256-GCM.
 *
 * Stored form: version (1 byte), length of the key id (1 byte), key id, nonce (12), ciphertext, tag (16).
 */
export class FieldCipher {
  readonly #keys: KeyRing;
  /** Keys as the cryptography takes them without looking at them anew for each value, by the bytes of each. */
  readonly #prepared = new Map<Buffer, KeyObject>();

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  #prepare(key: Buffer): KeyObject {
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const prepared = createSecretKey(key);
    this.#prepared.set(key, prepared);
    return prepared;
  }

  encrypt(plaintext: string, address: FieldAddress): Buffer {
    const keyId = this.#keys.currentId;
    const key = this.#keys.keyFor('field', keyId);
    if (key === undefined) throw new Error(`the current key ${keyId} is not in the ring`);
    const header = headerOf(keyId);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#prepare(key), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(header, address));
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
  }

  /** @throws DecryptionError when the value is damaged, moved from another row, or its key is not in the ring. */
  decrypt(stored: Uint8Array, address: FieldAddress): string {
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
    if (bytes.length > 0 && bytes[0] !== VERSION)
      throw new DecryptionError('version', address, `unknown form ${bytes[0]}`);
    const headerLength = 2 + (bytes[1] ?? 0);
    if (bytes.length < headerLength + NONCE_BYTES + TAG_BYTES)
      throw new DecryptionError('damaged', address, 'too short');
    const header = bytes.subarray(0, headerLength);
    const keyId = header.toString('utf8', 2);
    const key = this.#keys.keyFor('field', keyId);
    if (key === undefined)
      throw new DecryptionError('unknown-key', address, `no key ${JSON.stringify(keyId)} in the ring`);
    const nonce = bytes.subarray(headerLength, headerLength + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#prepare(key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(header, address));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    try {
      const body = decipher.update(bytes.subarray(headerLength + NONCE_BYTES, bytes.length - TAG_BYTES));
      return Buffer.concat([body, decipher.final()]).toString('utf8');
    } catch {
      throw new DecryptionError('damaged', address, 'it was changed or belongs elsewhere');
    }
  }

  /** Id of the key that a stored value was encrypted under; for finding what a rotation has still to encrypt anew. */
  keyIdOf(stored: Uint8Array): string {
    return Buffer.from(stored.subarray(2, 2 + (stored[1] ?? 0))).toString('utf8');
  }

  /**
   * Looks up equal values without decrypting them: HMAC-SHA-256 (32 bytes) over kind and normalised value.
   * The caller normalises (digits only for numbers, ISO dates), or equal values will not meet.
   */
  blindIndex(kind: string, normalisedValue: string): Buffer {
    return createHmac('sha256', this.#prepare(this.#keys.blindIndexKey))
      .update(lengthPrefixed([kind, normalisedValue]))
      .digest();
  }
}

function headerOf(keyId: string): Buffer {
  const id = Buffer.from(keyId, 'utf8');
  return Buffer.concat([Buffer.from([VERSION, id.length]), id]);
}

function boundTo(header: Buffer, address: FieldAddress): Buffer {
  return Buffer.concat([header, lengthPrefixed([address.table, address.column, address.row])]);
}

/** Lengths in front, so that ('ab','c') and ('a','bc') differ. */
function lengthPrefixed(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
