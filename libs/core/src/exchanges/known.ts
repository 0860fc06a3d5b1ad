import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { lookAtSubjects } from '../positions/looks.js';

/**
 * Takes what these records told as held by the partner. Once the end of a position is taken, nothing is held.
 *
 * @param condition selects the records, as `r`; parameters from $3 on
 */
export async function takeAsKnown(
  manager: EntityManager,
  connectorId: string,
  date: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<number> {
  const taken = await rows<{ subject_id: string }>(
    manager,
    `update exchange.position p set
       known_state = case when r.state in ('closed', 'absent') then 'absent' else r.state end,
       known_amount_minor = case when r.state in ('closed', 'absent') then 0 else r.amount_minor end,
       known_content = case when r.state in ('closed', 'absent') then null else r.content end,
       known_hash = case when r.state in ('closed', 'absent') then null else r.content_hash end,
       known_version = r.case_version, known_on = $2
     from exchange.record r
     where p.id = r.position_id and p.connector_id = $1 and (${condition})
     returning p.subject_id`,
    [connectorId, date, ...parameters],
  );
  await lookAtSubjects(
    manager,
    connectorId,
    taken.map(({ subject_id }) => subject_id),
  );
  return taken.length;
}
