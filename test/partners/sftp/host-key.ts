import { createHash } from 'node:crypto';
import ssh2 from 'ssh2';
import { readTextIfThere, writeWhole } from './state-folder.ts';

export interface HostKey {
  readonly privateKey: string;
  /** `SHA256:` and the base64 of the public key's hash without padding, as OpenSSH prints it. */
  readonly fingerprint: string;
}

/** An ed25519 public key in SSH's own form: the name with its length, and 32 bytes with their length. */
const PUBLIC_KEY_LENGTH = 4 + 'ssh-ed25519'.length + 4 + 32;

/** Reads the partner's host key, or makes it at the first start. A partner's host key stays the same over restarts. */
export function loadHostKey(path: string): HostKey {
  let privateKey = readTextIfThere(path);
  if (privateKey === undefined) {
    privateKey = makeKey();
    writeWhole(path, privateKey);
  }
  const fingerprint = createHash('sha256').update(publicPart(privateKey)).digest('base64').replace(/=+$/, '');
  return { privateKey, fingerprint: `SHA256:${fingerprint}` };
}

/**
 * The generator strips leading zero bytes of public and private key alike. Once in about 130 times that yields a key that
 * is too short or can't be read at all; such keys are thrown away.
 */
function makeKey(): string {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const key = ssh2.utils.parseKey(pair.private);
    if (!(key instanceof Error) && key.getPublicSSH().length === PUBLIC_KEY_LENGTH) return pair.private;
  }
}

function publicPart(privateKey: string): Buffer {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return key.getPublicSSH();
}
