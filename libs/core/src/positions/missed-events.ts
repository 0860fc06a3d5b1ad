import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { POSITIONS_CONSUMER } from '../events/inbox.js';
import { lookAtCases } from './looks.js';

/**
 * Marks the debts of every case that is newer than the last event taken in of it. An event that expired or was put away never
 * comes, and would leave partners with what the case no longer says. What is marked counts as taken in: judging reads the case
 * as it is then, so that an event that was only late has nothing to add.
 *
 * @returns how many cases were behind
 */
export async function lookAtMissedCases(exchange: DataSource): Promise<number> {
  return exchange.transaction(async (manager) => {
    // In the order of the inbox, so that no consumer and this wait for each other.
    const behind = await rows<{ case_id: string }>(
      manager,
      `insert into exchange.case_seen as seen (consumer, case_id, version)
       select $1, f.id, f.version from cases_v1.case_file f
       left join exchange.case_seen s on s.consumer = $1 and s.case_id = f.id
       where s.version is null or s.version < f.version
       order by f.id
       on conflict (consumer, case_id) do update set version = excluded.version where seen.version < excluded.version
       returning case_id`,
      [POSITIONS_CONSUMER],
    );
    await lookAtCases(
      manager,
      behind.map(({ case_id }) => case_id),
    );
    return behind.length;
  });
}
