import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { CaseEvent } from './catalogue.js';

/** The consumer that keeps positions. */
export const POSITIONS_CONSUMER = 'positions';

/**
 * Keeps the highest version of each case that a consumer has taken in, in the consumer's own transaction: events that
 * come again, or after a newer one, have no effect.
 *
 * @returns the cases with something new in this batch
 */
export async function takeIn(
  manager: EntityManager,
  consumer: string,
  events: readonly CaseEvent[],
): Promise<string[]> {
  const newest = new Map<string, number>();
  for (const { subject, caseversion } of events) {
    newest.set(subject, Math.max(caseversion, newest.get(subject) ?? 0));
  }
  // One order of locking for all consumers, or two batches with the same cases would wait for each other.
  const ordered = [...newest].sort(([a], [b]) => (a < b ? -1 : 1));
  const fresh = await rows<{ case_id: string }>(
    manager,
    `insert into exchange.case_seen as seen (consumer, case_id, version)
     select $1, case_id, version from unnest($2::uuid[], $3::bigint[]) as e (case_id, version)
     on conflict (consumer, case_id) do update set version = excluded.version where seen.version < excluded.version
     returning case_id`,
    [consumer, ordered.map(([id]) => id), ordered.map(([, version]) => version)],
  );
  return fresh.map(({ case_id }) => case_id);
}
