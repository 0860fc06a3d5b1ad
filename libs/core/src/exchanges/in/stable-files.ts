import type { DataSource } from 'typeorm';
import type { RemoteFile } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { takeOf } from '../../connectors/entry/incoming.js';
import { rows } from '../../database/sql.js';

/**
 * Remembers the files of one look, and says which of them have had the same size and time since a look that is far enough
 * back. What was seen survives a restart; what is no longer listed is forgotten.
 *
 * @returns names
 */
export async function unchangedFiles(
  exchange: DataSource,
  connector: Connector,
  files: readonly RemoteFile[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const names = files.map(({ name }) => name);
  return exchange.transaction(async (manager) => {
    await rows(manager, 'delete from exchange.remote_file where connector_id = $1 and file_name <> all($2)', [
      connector.id,
      names,
    ]);
    const seen = await rows<{ file_name: string; since: Date }>(
      manager,
      `insert into exchange.remote_file as f (connector_id, file_name, bytes, modified_at, since)
       select $1, g.name, g.bytes, g.modified_at, $5
       from unnest($2::text[], $3::bigint[], $4::timestamptz[]) as g (name, bytes, modified_at)
       order by g.name
       on conflict (connector_id, file_name) do update set bytes = excluded.bytes, modified_at = excluded.modified_at,
         -- a clock that was set back must not make a file wait for ever
         since = case when f.bytes = excluded.bytes and f.modified_at = excluded.modified_at
                      then least(f.since, excluded.since) else excluded.since end
       returning file_name, since`,
      [connector.id, names, files.map(({ size }) => size), files.map(({ modifiedAt }) => modifiedAt), at],
    );
    const until = at.getTime() - takeOf(connector.body).stableSeconds * 1000;
    return new Set(seen.filter(({ since }) => since.getTime() <= until).map(({ file_name }) => file_name));
  });
}
