import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { makeHostKey, startOpenSsh } from '../../scripts/openssh/server.ts';
import type { OpenSsh, OpenSshOptions } from '../../scripts/openssh/server.ts';
import { findSshd } from '../../scripts/openssh/sshd.ts';

export { makeHostKey };
export type { OpenSsh };

const found = await findSshd();

/**
 * Tests that need a real OpenSSH server. Where there can be none they are skipped, which is said in one line; under `CI=true`
 * that is a failure, because nobody would read the line.
 */
export function describeWithOpenSsh(name: string, tests: () => void): void {
  if (!('reason' in found)) return void describe(name, tests);
  if (process.env['CI'] === 'true') {
    return void test(name, () => {
      throw new Error(`there is no OpenSSH server here: ${found.reason}`);
    });
  }
  process.stderr.write(`skipped, because there is no OpenSSH server here (${found.reason}): ${name}\n`);
  describe.skip(name, tests);
}

/** A server for one test file, with folders `in` and `out`, and its end. */
export interface TestOpenSsh {
  readonly server: OpenSsh;
  remove(): Promise<void>;
}

export async function openTestOpenSsh(options: Omit<OpenSshOptions, 'folder'> = {}): Promise<TestOpenSsh> {
  if ('reason' in found) throw new Error(found.reason);
  const folder = await mkdtemp(join(tmpdir(), 'concord-openssh-'));
  const server = await startOpenSsh(found, { ...options, folder });
  await server.makeFolder('in');
  await server.makeFolder('out');
  return {
    server,
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
