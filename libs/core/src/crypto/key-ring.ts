import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';

/** Bytes in every key of the ring: AES-256 and HMAC-SHA-256 both take 32. */
export const KEY_BYTES = 32;

/** What a derived key is used for. One key serves one purpose only, so that nonces of different uses never meet. */
export type KeyPurpose = 'field' | 'archive';

export interface KeyRingContent {
  /** Id of the key that new data is encrypted under. */
  readonly current: string;
  /** Every key that stored data may still name, 32 bytes each, by id. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
  /** Key of the blind indexes, 32 bytes. Never rotated on its own: changing it changes every stored index. */
  readonly blindIndexKey: Uint8Array;
}

/**
 * The office's encryption keys. Data names the id of the key it was encrypted under, so that a new current key can be
 * added while old data stays readable. The key material can't be printed: logging a ring shows its ids.
 */
export class KeyRing {
  readonly currentId: string;
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #blindIndexKey: Buffer;
  readonly #derived = new Map<string, Buffer>();

  /** @throws Error when the current key is missing, or a key has the wrong size or an id that can't be stored. */
  constructor(content: KeyRingContent) {
    for (const [id, key] of content.keys) {
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(id))
        throw new Error(`key id ${JSON.stringify(id)} has characters that can't be stored`);
      if (key.length !== KEY_BYTES) throw new Error(`key ${id} has ${key.length} bytes instead of ${KEY_BYTES}`);
    }
    if (!content.keys.has(content.current)) throw new Error(`the current key ${content.current} is not in the ring`);
    if (content.blindIndexKey.length !== KEY_BYTES) {
      throw new Error(`the blind index key has ${content.blindIndexKey.length} bytes instead of ${KEY_BYTES}`);
    }
    this.currentId = content.current;
    this.#keys = new Map([...content.keys].map(([id, key]) => [id, Buffer.from(key)]));
    this.#blindIndexKey = Buffer.from(content.blindIndexKey);
  }

  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Key of the blind indexes, 32 bytes. */
  get blindIndexKey(): Buffer {
    return this.#blindIndexKey;
  }

  /** The key for one purpose under one id (HKDF-SHA-256, 32 bytes), or undefined when the ring has no such id. */
  keyFor(purpose: KeyPurpose, id: string): Buffer | undefined {
    const master = this.#keys.get(id);
    if (master === undefined) return undefined;
    const name = `${purpose}:${id}`;
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const derived = deriveKey(master, Buffer.alloc(0), `concord/${purpose}/1`);
    this.#derived.set(name, derived);
    return derived;
  }

  toJSON(): object {
    return { current: this.currentId, ids: this.ids };
  }

  [inspect.custom](): string {
    return `KeyRing(current ${this.currentId} of ${this.ids.join(', ')})`;
  }
}

/** HKDF-SHA-256 to 32 bytes. */
export function deriveKey(master: Uint8Array, salt: Uint8Array, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, salt, info, KEY_BYTES));
}
