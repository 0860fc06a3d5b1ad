import { FieldCipher } from '@concord/core/crypto/field-cipher';
import { KEY_BYTES, KeyRing } from '@concord/core/crypto/key-ring';

/** A ring with one key. It protects nothing: everybody can read it here. */
export function testKeys(): KeyRing {
  return new KeyRing({
    current: 'test-1',
    keys: new Map([['test-1', Buffer.alloc(KEY_BYTES, 1)]]),
    blindIndexKey: Buffer.alloc(KEY_BYTES, 2),
  });
}

export function testCipher(): FieldCipher {
  return new FieldCipher(testKeys());
}
