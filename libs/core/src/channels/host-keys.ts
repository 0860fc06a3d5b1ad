import { createHash } from 'node:crypto';

/**
 * The host keys that a partner's server may present, as `SHA256:` fingerprints (the form that `ssh-keygen -lf` prints).
 * Several are allowed, so that the next key can be pinned before the partner changes to it.
 */
export class PinnedHostKeys {
  readonly #pinned: ReadonlySet<string>;

  /** @throws Error when none is given: without a pinned key any machine on the way could take the file. */
  constructor(fingerprints: readonly string[]) {
    if (fingerprints.length === 0) throw new Error('no host key is pinned: refusing to trust whatever server answers');
    const normalised = fingerprints.map((fingerprint) => fingerprint.replace(/=+$/, ''));
    for (const fingerprint of normalised) {
      if (!/^SHA256:[A-Za-z0-9+/]{43}$/.test(fingerprint)) {
        throw new Error(`host key ${JSON.stringify(fingerprint)} is not a SHA256: fingerprint`);
      }
    }
    this.#pinned = new Set(normalised);
  }

  accepts(fingerprint: string): boolean {
    return this.#pinned.has(fingerprint);
  }
}

/** Fingerprint of a public host key in SSH wire form. */
export function hostKeyFingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
