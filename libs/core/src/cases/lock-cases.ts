import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';

/** Locks several cases until the transaction ends, in the order in which everything locks them. */
export async function lockCases(on: Queryable, caseIds: readonly string[]): Promise<void> {
  await rows(on, 'select 1 from cases.case_file where id = any($1) order by id for no key update', [
    [...new Set(caseIds)],
  ]);
}
