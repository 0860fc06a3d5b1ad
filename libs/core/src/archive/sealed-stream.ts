import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyRing } from '../crypto/key-ring.js';

/** Plaintext in one segment. Each segment is authenticated before any byte of it is handed out. */
export const SEGMENT_BYTES = 64 * 1024;
export const TAG_BYTES = 16;
const MAGIC = Buffer.from('CCA1', 'latin1');
const SALT_BYTES = 32;
const PREFIX_BYTES = 7;
const BINDING_BYTES = 32;
/** Longest possible header: a key id has at most 64 characters. */
export const MAX_HEADER_BYTES = MAGIC.length + 1 + 64 + SALT_BYTES + PREFIX_BYTES + BINDING_BYTES;

/**
 * Form of an archived file: header, then segments of 64 KiB plaintext with their tags, the last one shorter (or empty).
 *
 * Header: magic (4 bytes), length of the key id (1), key id, salt (32), nonce prefix (7), binding (32). The salt gives
 * every file a key of its own. A segment's nonce is the prefix, its number (4 bytes) and whether it is the last, so that
 * segments can't be reordered, left out or cut off. The binding ties the file to the hash of its content, so that a file
 * can't stand in for another; it is known only when all content has been seen, and so written last.
 */
export class Sealer {
  readonly header: Buffer;
  /** Where in the header {@link binding} belongs. */
  readonly bindingOffset: number;
  readonly #key: Buffer;
  readonly #prefix: Buffer;
  readonly #associated: Buffer;
  #segment = 0;

  constructor(keys: KeyRing) {
    const keyId = Buffer.from(keys.currentId, 'utf8');
    const master = keys.keyFor('archive', keys.currentId);
    if (master === undefined) throw new Error(`the current key ${keys.currentId} is not in the ring`);
    const salt = randomBytes(SALT_BYTES);
    this.#prefix = randomBytes(PREFIX_BYTES);
    this.#associated = Buffer.concat([MAGIC, Buffer.from([keyId.length]), keyId, salt, this.#prefix]);
    this.header = Buffer.concat([this.#associated, Buffer.alloc(BINDING_BYTES)]);
    this.bindingOffset = this.#associated.length;
    this.#key = fileKey(master, salt);
  }

  /** Ciphertext and tag of the next segment. `plaintext` is {@link SEGMENT_BYTES} long, or shorter in the last one. */
  seal(plaintext: Uint8Array, last: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#prefix, this.#segment++, last), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(this.#associated);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  binding(hash: string): Buffer {
    return bindingOf(this.#key, hash);
  }
}

/** What is wrong with a file that can't be opened, in words. */
export type Damage = { readonly damage: string };

/** Reads the form that {@link Sealer} writes. */
export class Opener {
  readonly headerLength: number;
  readonly #key: Buffer;
  readonly #prefix: Buffer;
  readonly #associated: Buffer;
  #segment = 0;

  private constructor(associated: Buffer, key: Buffer) {
    this.#associated = Buffer.from(associated);
    this.#prefix = this.#associated.subarray(-PREFIX_BYTES);
    this.#key = key;
    this.headerLength = associated.length + BINDING_BYTES;
  }

  /** @param start the first {@link MAX_HEADER_BYTES} of the file, or all of it when it is shorter. */
  static read(start: Buffer, hash: string, keys: KeyRing): Opener | Damage {
    if (start.length < MAGIC.length + 1 || !start.subarray(0, MAGIC.length).equals(MAGIC))
      return { damage: 'not an archived file' };
    const keyIdEnd = MAGIC.length + 1 + start[MAGIC.length]!;
    const associatedLength = keyIdEnd + SALT_BYTES + PREFIX_BYTES;
    if (start.length < associatedLength + BINDING_BYTES) return { damage: 'its header is cut off' };
    const keyId = start.toString('utf8', MAGIC.length + 1, keyIdEnd);
    const master = keys.keyFor('archive', keyId);
    if (master === undefined) return { damage: `no key ${JSON.stringify(keyId)} in the ring` };
    const opener = new Opener(
      start.subarray(0, associatedLength),
      fileKey(master, start.subarray(keyIdEnd, keyIdEnd + SALT_BYTES)),
    );
    const binding = start.subarray(associatedLength, associatedLength + BINDING_BYTES);
    if (!timingSafeEqual(binding, bindingOf(opener.#key, hash)))
      return { damage: 'its header was changed or belongs to other content' };
    return opener;
  }

  /** Plaintext of the next segment, or null when it does not authenticate. `sealed` is at least a tag long. */
  open(sealed: Buffer, last: boolean): Buffer | null {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(this.#prefix, this.#segment++, last), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.#associated);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      const body = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
      decipher.final();
      return body;
    } catch {
      return null;
    }
  }
}

function fileKey(master: Buffer, salt: Buffer): Buffer {
  return deriveKey(master, salt, 'concord/archive/file/1');
}

function bindingOf(key: Buffer, hash: string): Buffer {
  return createHmac('sha256', key).update(`content:${hash}`).digest();
}

function nonceOf(prefix: Buffer, segment: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(segment, PREFIX_BYTES);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
