import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, migrate } from '@concord/core/database/connections';
import { startEmbeddedServer } from '@concord/core/database/embedded-server';

/** The name of the migrated, empty database that every test file copies. */
export const TEMPLATE = 'concord_template';

/** The one PostgreSQL server of a test run. */
export interface TestServer {
  /** Connection URL of the owner, for {@link TEMPLATE}. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server in a temporary folder, with an empty database brought up to date in it. Stopping removes the folder. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-test-'));
  // The server may run as another user, who must be able to pass through to its own folder.
  await chmod(folder, 0o711);
  const server = await startEmbeddedServer(join(folder, 'postgres'), () => undefined);
  const stop = async (): Promise<void> => {
    try {
      await server.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    await forgoDurability(server.url);
    const url = databaseUrl(server.url, TEMPLATE);
    await migrate(url);
    // Opening a pool once creates nothing; a role that can't be taken on would fail every test with less clear words.
    await (await connect(url, 'concord_gateway')).destroy();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The URL of another database of the same server. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** What a test wrote need not survive a loss of power: waiting for the disk is most of the time otherwise. */
async function forgoDurability(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await client.query(`alter system set ${setting} = off`);
    }
    // A deadlock is a failure here, too; it need not take a second to be one.
    await client.query(`alter system set deadlock_timeout = '100ms'`);
    await client.query('select pg_reload_conf()');
    await client.query(`create database ${TEMPLATE}`);
  } finally {
    await client.end();
  }
}
