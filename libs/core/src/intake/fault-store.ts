import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { HostFault } from './domain/read-record.js';

/** Keeps what is wrong with rows of a file. The same row again replaces nothing: its first faults stand. */
export async function storeFaults(on: Queryable, fileId: string, faults: readonly HostFault[]): Promise<void> {
  if (faults.length === 0) return;
  const places = new Map<number, number>();
  const columns = faults.map((fault) => {
    const place = (places.get(fault.line) ?? 0) + 1;
    places.set(fault.line, place);
    return { ...fault, place };
  });
  await rows(
    on,
    `insert into cases.host_fault (file_id, line, place, field, value, rule, reason)
     select $1, line, place, field, value, rule, reason
     from jsonb_to_recordset($2::jsonb) as f (line integer, place integer, field text, value text, rule text, reason text)
     on conflict do nothing`,
    [fileId, JSON.stringify(columns)],
  );
}

/** What was set aside of a file, by row. */
export function listFaults(on: Queryable, fileId: string, after: number, limit: number): Promise<HostFault[]> {
  return rows<HostFault>(
    on,
    `select line, field, value, rule, reason from cases.host_fault
     where file_id = $1 and line > $2 order by line, place limit $3`,
    [fileId, after, limit],
  );
}
