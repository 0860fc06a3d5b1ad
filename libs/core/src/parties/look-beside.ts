import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';

/** From now on something stands beside the party's row that whoever reads the party must look for. */
export async function lookBeside(manager: EntityManager, partyId: string): Promise<void> {
  await rows(
    manager,
    `update cases.party set has_more = true
     where id in (select coalesce(merged_into, id) from cases.party where id = $1 union select $1) and not has_more`,
    [partyId],
  );
}
