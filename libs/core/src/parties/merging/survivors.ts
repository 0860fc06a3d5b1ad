import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';

/**
 * Brings up to date, from the merges in force, which party stands for each of these: following the merges from a duplicate
 * to what it was merged into, to the end. Locks the parties, so that whoever holds a group is waited for.
 *
 * @param partyIds all whose survivor may have changed
 */
export async function pointAtSurvivors(manager: EntityManager, partyIds: readonly string[]): Promise<void> {
  await rows(manager, 'select 1 from cases.party where id = any($1) order by id for no key update', [partyIds]);
  await rows(
    manager,
    `with recursive path as (
       select id as party_id, id as stands_for, 0 as steps from cases.party where id = any($1)
       union all
       select p.party_id, m.survivor_id, p.steps + 1
       from path p join cases.party_merge m on m.duplicate_id = p.stands_for and m.undone_at is null),
     ends as (select distinct on (party_id) party_id, stands_for from path order by party_id, steps desc)
     update cases.party p
     set merged_into = nullif(e.stands_for, p.id),
         has_more = p.has_more or exists (select 1 from ends o where o.stands_for = p.id and o.party_id <> p.id)
     from ends e where e.party_id = p.id`,
    [partyIds],
  );
}
