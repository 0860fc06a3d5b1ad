import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { BlockRow } from './block-store.js';
import type { DesiredRow } from './position-store.js';

/**
 * Subjects whose position would have a reference that is another subject's at this connector, as a partner's old numbers may
 * be that it held before Concord: what the partner says under it could not be told apart. The first one keeps it.
 *
 * @returns a block for each of them; their positions may not be written
 */
export async function takenReferences(
  manager: EntityManager,
  connectorId: string,
  written: readonly DesiredRow[],
): Promise<BlockRow[]> {
  const taken = await rows<{ subject_id: string }>(
    manager,
    `select distinct d.subject_id from (
       select *, first_value(subject_id) over (partition by reference order by subject_id) as first
       from unnest($2::uuid[], $3::text[]) as d (subject_id, reference)) d
     left join exchange.position p on p.connector_id = $1 and p.reference = d.reference
     where coalesce(p.subject_id, d.first) <> d.subject_id`,
    [connectorId, written.map(({ subjectId }) => subjectId), written.map(({ desired }) => desired.reference)],
  );
  return taken.map(({ subject_id }) => ({
    subjectId: subject_id,
    reason: {
      rule: 'REFERENCE',
      outcome: 'block',
      reason: 'the partner knows another debt under the number that this one would have there',
      citation: null,
      earliestOn: null,
    },
  }));
}
