import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { connect, migrate } from '@concord/core/database/connections';
import { startEmbeddedServer } from '@concord/core/database/embedded-server';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A migrated database with the two pools that production has, and a connection of its owner. */
export interface BenchDatabase {
  /** By which its owner, and so each tenant, is reached from another process. */
  readonly url: string;
  readonly gateway: DataSource;
  readonly connectors: DataSource;
  readonly owner: pg.Client;
  close(): Promise<void>;
}

/** Concord's own PostgreSQL, as it is started in production: nothing is forgone, the disk is waited for. */
export interface BenchServer {
  /** A folder for files of the run, removed with it. */
  readonly folder: string;
  open(name: string): Promise<BenchDatabase>;
  /** Closes what is still open, too: a failure must not be hidden by what follows from it. */
  stop(): Promise<void>;
}

/** Starts a server in a temporary folder. Stopping removes the folder. */
export async function startBenchServer(): Promise<BenchServer> {
  const root = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  // The server may run as another user, who must be able to pass through to its own folder.
  await chmod(root, 0o711);
  const folder = join(root, 'files');
  await mkdir(folder);
  const server = await startEmbeddedServer(join(root, 'postgres'), () => undefined);
  const opened = new Set<BenchDatabase>();
  const stop = async (): Promise<void> => {
    try {
      for (const database of opened) await database.close();
      await server.stop();
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  };
  // A server is a process of its own: it would outlive a benchmark that is broken off.
  const brokenOff = (): void => {
    // Statements that are cut off fail, which says nothing and must not end this process before the server.
    process.on('uncaughtException', () => undefined);
    opened.clear();
    void stop().finally(() => process.exit(1));
  };
  for (const signal of SIGNALS) process.once(signal, brokenOff);
  return {
    folder,
    open: async (name) => {
      const database = await openDatabase(server.url, name);
      const close = async (): Promise<void> => {
        if (opened.delete(tracked)) await database.close();
      };
      const tracked: BenchDatabase = { ...database, close };
      opened.add(tracked);
      return tracked;
    },
    stop: async () => {
      for (const signal of SIGNALS) process.off(signal, brokenOff);
      await stop();
    },
  };
}

async function openDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  const administrator = await connected(serverUrl);
  await administrator.query(`create database ${name}`);
  await administrator.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const gateway = await connect(url.href, 'concord_gateway');
  const connectors = await connect(url.href, 'concord_connectors');
  const owner = await connected(url.href);
  return {
    url: url.href,
    gateway,
    connectors,
    owner,
    close: async () => {
      await Promise.all([gateway.destroy(), connectors.destroy(), owner.end()]);
    },
  };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Leaves tables as they are after a night: vacuumed, with statistics, and nothing waiting to be written. */
export async function settle(owner: pg.Client): Promise<void> {
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint');
}
