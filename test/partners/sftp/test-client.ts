import { createHash } from 'node:crypto';
import SftpClient from 'ssh2-sftp-client';

/** Where a client finds a partner, and as whom it comes. */
export interface Visit {
  readonly port: number;
  /** `SHA256:` fingerprint that the host key must have. */
  readonly hostKey: string;
  readonly user: string;
  readonly password: string;
}

/** Logs in, acts, and leaves. For the tests of the simulated partners, which visit them as a stranger would. */
export async function visited<T>(visit: Visit, act: (client: SftpClient) => Promise<T>): Promise<T> {
  const client = new SftpClient('test', { error: () => {}, end: () => {}, close: () => {} });
  const { port, hostKey, user, password } = visit;
  const hostVerifier = (key: Buffer): boolean => fingerprint(key) === hostKey;
  try {
    await client.connect({ host: '127.0.0.1', port, username: user, password, hostVerifier, readyTimeout: 5_000 });
    // Small packets would otherwise wait for the other side's delayed acknowledgement, forty milliseconds a reply.
    (client as unknown as { client: { setNoDelay(on: boolean): void } }).client.setNoDelay(true);
    return await act(client);
  } finally {
    await client.end().catch(() => false);
  }
}

/** Sends a file as clients should: under a temporary name, then renamed. */
export async function deliverTo(client: SftpClient, name: string, bytes: Buffer): Promise<void> {
  await client.put(bytes, `/inbox/${name}.tmp`);
  await client.rename(`/inbox/${name}.tmp`, `/inbox/${name}`);
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
