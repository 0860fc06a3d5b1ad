import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Installation } from './installation.js';

/**
 * Gives a connector of a running instance a new version of its settings, with other limits: nothing but its first
 * configuration sets them otherwise, and the first file that is over them would be the first day's.
 *
 * @param limits null for those that hold where nothing is said
 */
export async function changeLimits(concord: Installation, connector: string, limits: object | null): Promise<void> {
  const { password } = JSON.parse(readFileSync(join(concord.data, 'postgres.json'), 'utf8')) as { password: string };
  // The fourth line of the server's own note is its port.
  const port = readFileSync(join(concord.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client({
    connectionString: `postgresql://concord_owner:${password}@127.0.0.1:${port}/concord`,
  });
  await client.connect();
  try {
    await client.query(
      `with made as (
         insert into exchange.connector_settings (connector_id, version, fingerprint, body, actor, created_at)
         select s.connector_id, s.version + 1, 'changed by hand',
                (s.body - 'limits') || coalesce(jsonb_build_object('limits', $2::jsonb), '{}'), 'tester', now()
         from exchange.connector_settings s join exchange.connector c on c.id = s.connector_id
         where c.id = $1 and s.version = c.settings_version returning connector_id, version)
       update exchange.connector c set settings_version = made.version from made where c.id = made.connector_id`,
      [connector, limits === null ? null : JSON.stringify(limits)],
    );
  } finally {
    await client.end();
  }
}
