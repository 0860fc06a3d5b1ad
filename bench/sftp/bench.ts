import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliver } from '@concord/core/channels/delivery';
import { SftpChannel } from '@concord/core/channels/sftp-channel';
import { run as runProgram } from '../../scripts/kafka/command.ts';
import { startOpenSsh } from '../../scripts/openssh/server.ts';
import type { OpenSsh } from '../../scripts/openssh/server.ts';
import { findSshd } from '../../scripts/openssh/sshd.ts';
import type { BenchResult } from '../result.ts';
import { figure } from '../result.ts';

const FILES = 500;
const FILE_BYTES = 20_000;
const CONNECTIONS = 4;
/** Both take turns, so that what else the machine does hits both. */
const ROUNDS = 5;

interface Files {
  readonly folder: string;
  readonly names: readonly string[];
}

/**
 * Delivers many small files to one partner, a real OpenSSH server on this machine: with look, upload, verification, rename
 * and what else a delivery does; beside it OpenSSH's own client, which only uploads and renames, with a batch of commands on
 * each of as many connections.
 *
 * @throws Error where there is no OpenSSH server, and when a file is missing or not whole in the end
 */
export async function run(): Promise<BenchResult> {
  const sshd = await findSshd();
  if ('reason' in sshd) throw new Error(sshd.reason);
  const folder = await mkdtemp(join(tmpdir(), 'concord-sftp-'));
  const home = await mkdtemp(join(tmpdir(), 'concord-openssh-'));
  const server = await startOpenSsh(sshd, { folder: home });
  try {
    const files = await makeFiles(folder);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await measured(server, `ours-${round}`, (name) => withChannel(server, files, name)));
      theirs.push(await measured(server, `theirs-${round}`, (name) => withBatches(server, files, name)));
    }
    const rate = (seconds: readonly number[]): number => FILES / median(seconds);
    const ratios = ours.map((seconds, round) => theirs[round]! / seconds);
    return {
      title: `SFTP: ${FILES} files of ${FILE_BYTES / 1000} kB to one partner over ${CONNECTIONS} connections`,
      rows: [
        figure('delivered', rate(ours), 'files/s', 0, 'looked for, uploaded, verified, renamed'),
        figure("OpenSSH's client", rate(theirs), 'files/s', 0, 'uploaded, renamed'),
        figure('delivered', median(ratios), "of OpenSSH's client", 2, `median of ${ROUNDS} rounds; 0.8 is wanted`),
      ],
    };
  } finally {
    await server.stop();
    for (const each of [folder, home]) await rm(each, { recursive: true, force: true });
  }
}

async function makeFiles(folder: string): Promise<Files> {
  const names = Array.from({ length: FILES }, (_, i) => `file-${i}.txt`);
  await Promise.all(names.map((name) => writeFile(join(folder, name), randomBytes(FILE_BYTES))));
  return { folder, names };
}

/** Seconds that it took until all files were there. */
async function measured(server: OpenSsh, name: string, work: (folder: string) => Promise<void>): Promise<number> {
  const folder = await server.makeFolder(name);
  const begun = performance.now();
  await work(name);
  const seconds = (performance.now() - begun) / 1000;
  const arrived = await readdir(folder);
  const sizes = await Promise.all(arrived.map(async (file) => (await stat(join(folder, file))).size));
  const whole = arrived.every((file) => file.endsWith('.txt')) && sizes.every((size) => size === FILE_BYTES);
  if (arrived.length !== FILES || !whole) throw new Error(`${name}: not every file arrived, or not whole`);
  return seconds;
}

async function withChannel(server: OpenSsh, { folder, names }: Files, target: string): Promise<void> {
  const channel = new SftpChannel({
    host: '127.0.0.1',
    port: server.port,
    username: server.username,
    credential: { privateKey: server.privateKey },
    hostKeys: [server.hostKey.fingerprint],
    allowedAddresses: ['127.0.0.1'],
    connections: CONNECTIONS,
  });
  await Promise.all(
    names.map((name) =>
      deliver(channel, {
        open: () => inOnePiece(join(folder, name)),
        size: FILE_BYTES,
        folder: target,
        finalName: name,
        temporaryName: `${name}.tmp`,
        reached: null,
        onStep: async () => undefined,
      }),
    ),
  );
  await channel.close();
}

/** As OpenSSH's client reads a file of this size. */
async function* inOnePiece(path: string): AsyncGenerator<Uint8Array> {
  yield await readFile(path);
}

async function withBatches(server: OpenSsh, { folder, names }: Files, target: string): Promise<void> {
  const home = join(folder, 'client');
  await mkdir(home, { recursive: true });
  const key = join(home, 'key');
  await writeFile(key, server.privateKey, { mode: 0o600 });
  const batches = Array.from({ length: CONNECTIONS }, (_, i) => names.filter((_name, at) => at % CONNECTIONS === i));
  await Promise.all(
    batches.map(async (batch, i) => {
      const lines = batch.flatMap((name) => [
        `put ${join(folder, name)} ${target}/${name}.tmp`,
        `rename ${target}/${name}.tmp ${target}/${name}`,
      ]);
      const file = join(home, `batch-${i}`);
      await writeFile(file, lines.join('\n') + '\n');
      const trust = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];
      const where = ['-i', key, '-P', String(server.port), '-b', file, `${server.username}@127.0.0.1`];
      const { code, err } = await runProgram('sftp', ['-q', '-F', '/dev/null', ...trust, ...where]);
      if (code !== 0) throw new Error(`sftp ended with code ${code ?? 'none'}: ${err}`);
    }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
