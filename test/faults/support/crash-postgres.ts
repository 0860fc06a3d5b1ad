import pg from 'pg';
import { isAlive, pause } from '../../support/processes.js';

const BACK_WITHIN_MS = 60_000;

/**
 * Kills one process of a PostgreSQL server as `kill -9` does: the server cuts every connection in the middle of what it does, goes
 * through its crash recovery, and is back on the same port.
 *
 * @param url of the owner of a server that runs on this machine
 */
export async function crashPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'background writer'`,
  );
  const { pid } = rows[0]!;
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await pause(5);
  await client.end().catch(() => undefined);
  await answers(url);
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + BACK_WITHIN_MS; ;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
