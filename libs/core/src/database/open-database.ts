import pg from 'pg';
import type { Logger } from 'pino';
import type { DataFolder } from '../platform/data-folder.js';
import type { Environment } from '../platform/environment.js';
import { Refusal } from '../platform/errors.js';
import { startEmbeddedServer } from './embedded-server.js';

/** A database that can be reached, and how. */
export interface OpenDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** One process at a time hands events on in process: two would each miss the other's. With Kafka, many share the lock. */
const ONE_PROCESS = `hashtext('concord one process')`;

/**
 * Reaches the outside database, or starts Concord's own, and takes the lock that keeps a second process away, or one that
 * does not share its events.
 *
 * @throws Refusal `already-running` while another process holds it
 */
export async function openDatabase(environment: Environment, folder: DataFolder, log: Logger): Promise<OpenDatabase> {
  if (environment.databaseUrl !== null) {
    const url = environment.databaseUrl;
    const lock = await holdLock(url, environment.kafka !== null, log);
    return { url, ownerUrl: environment.databaseOwnerUrl ?? url, close: () => lock.end() };
  }
  const server = await startEmbeddedServer(folder.postgres, (step) => log.info(step));
  if (server.adopted) log.warn('the database was still running: its Concord had ended without stopping it');
  try {
    const lock = await holdLock(server.url, false, log);
    return {
      url: server.url,
      ownerUrl: server.url,
      close: async () => {
        await lock.end();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function holdLock(url: string, shared: boolean, log: Logger): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'concord_lock', keepAlive: true });
  client.on('error', (error) => {
    // Without the lock another process may begin the same work: this one must stop.
    log.fatal({ reason: error.message }, 'the connection that holds the lock was lost: stopping');
    process.kill(process.pid, 'SIGTERM');
  });
  await client.connect();
  // A killed process's lock goes when the server notices that its connection is gone.
  const until = Date.now() + 15_000;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock${shared ? '_shared' : ''}(${ONE_PROCESS}) as locked`,
    );
    if (rows[0]!.locked) return client;
    if (Date.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await client.end();
  throw new Refusal(
    'already-running',
    shared
      ? 'a Concord without Kafka uses this database: it must be stopped first, or started with the same KAFKA_BROKERS'
      : 'another Concord uses this database: without Kafka only one process can',
  );
}
