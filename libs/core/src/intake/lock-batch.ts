import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { HostWork } from './host-place.js';
import type { HostRecord } from './record-store.js';

/**
 * Every case that a batch of rows may change, to be locked at once: of the debts, of those that came in another way under the
 * same reference, of the debtors, and of whatever those owe elsewhere of whom something new was said.
 *
 * @param references the host's references of the debtors
 * @param changed those of whom something new was said
 */
export async function casesOf(
  manager: EntityManager,
  { jurisdiction }: HostWork,
  debts: ReadonlyMap<string, HostRecord>,
  references: readonly string[],
  changed: readonly string[],
): Promise<string[]> {
  const ids = [...debts.values()].flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const found = await rows<{ case_id: string }>(
    manager,
    `select case_id from cases.debt where id = any($1)
     union
     select case_id from cases.debt where jurisdiction_id = $2 and source_reference = any($3)
     union
     select c.id from cases.case_file c join cases.party p on p.id = c.debtor_id
     where p.jurisdiction_id = $2 and p.source_reference = any($4)
     union
     select d.case_id from cases.party p
     join cases.party_same s on s.party_id = p.id
     join cases.debt_party dp on dp.party_id = s.same_id
     join cases.debt d on d.id = dp.debt_id
     where p.jurisdiction_id = $2 and p.source_reference = any($5)`,
    [ids, jurisdiction.id, [...debts.keys()], references, changed],
  );
  return found.map(({ case_id }) => case_id);
}
