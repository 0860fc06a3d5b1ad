import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Outbox } from '../events/outbox-relay.js';

/** Beyond this it is counted no further: an import may leave a million. */
const COUNTED_TO = 100_000;

/** How many events wait in an outbox, at most 100,000. */
export async function outboxDepth(database: DataSource, { schema }: Outbox): Promise<number> {
  const [outbox] = await rows<{ depth: number }>(
    database,
    `select count(*) as depth from (select 1 from ${schema}.outbox limit ${COUNTED_TO}) waiting`,
  );
  return outbox!.depth;
}
