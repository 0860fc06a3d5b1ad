import pg from 'pg';
import type { Logger } from 'pino';
import type { DataFolder } from '../platform/data-folder.js';
import type { Environment } from '../platform/environment.js';
import { Refusal } from '../platform/errors.js';
import { NOTICE_LOSS } from '../processes/process-lock.js';
import { startEmbeddedServer } from './embedded-server.js';
import { KeptConnection, TakenByAnother } from './kept-connection.js';

/** A database that can be reached, and how. */
export interface OpenDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** One process at a time hands events on in process: two would each miss the other's. With Kafka, many share the lock. */
const ONE_PROCESS = `hashtext('concord one process')`;

const CONNECT_WITHIN_MS = 10_000;
/** How soon the server closes a killed process's connection, and one whose machine is gone. */
const CLOSED_WITHIN_MS = 15_000;
const NOTICED_WITHIN_MS = 40_000;

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
    return { url, ownerUrl: environment.databaseOwnerUrl ?? url, close: () => lock.close() };
  }
  const server = await startEmbeddedServer(folder.postgres, (step) => log.info(step));
  if (server.adopted) log.warn('the database was still running: its Concord had ended without stopping it');
  try {
    const lock = await holdLock(server.url, false, log);
    return {
      url: server.url,
      ownerUrl: server.url,
      close: async () => {
        await lock.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function holdLock(url: string, shared: boolean, log: Logger): Promise<KeptConnection> {
  const lock = new KeptConnection({
    what: 'that holds the lock',
    client: () =>
      new pg.Client({
        connectionString: url,
        application_name: 'concord_lock',
        options: NOTICE_LOSS,
        connectionTimeoutMillis: CONNECT_WITHIN_MS,
        keepAlive: true,
      }),
    take: (client, again) => takeLock(client, shared, again),
    log,
  });
  await lock.open();
  return lock;
}

/**
 * @param again whether this process had it: another one that has it now came in between, and this one must stop
 * @throws Refusal, or TakenByAnother, when another process keeps it
 */
async function takeLock(client: pg.Client, shared: boolean, again: boolean): Promise<void> {
  // A dead connection's lock goes when the server notices that its other end is gone.
  const until = Date.now() + (again ? NOTICED_WITHIN_MS : CLOSED_WITHIN_MS);
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock${shared ? '_shared' : ''}(${ONE_PROCESS}) as locked`,
    );
    if (rows[0]!.locked) return;
    if (Date.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (again) throw new TakenByAnother('another Concord has the lock');
  throw new Refusal(
    'already-running',
    shared
      ? 'a Concord without Kafka uses this database: it must be stopped first, or started with the same KAFKA_BROKERS'
      : 'another Concord uses this database: without Kafka only one process can',
  );
}
