import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { CaseEvent } from './catalogue.js';

/** The consumer that keeps positions. */
export const POSITIONS_CONSUMER = 'positions';

/**
 * Keeps the highest version of each case that a consumer has taken in, and returns the cases of which this is news: events
 * that come again, or after a newer one, have no effect. Must be in the transaction, or the statement, of that effect. Given what
 * {@link newestVersions} makes.
 */
export const TAKE_IN = `
  insert into exchange.case_seen as seen (consumer, case_id, version)
  select $1, case_id, version from unnest($2::uuid[], $3::bigint[]) as e (case_id, version)
  on conflict (consumer, case_id) do update set version = excluded.version where seen.version < excluded.version
  returning case_id`;

/** @returns the parameters of {@link TAKE_IN} */
export function newestVersions(consumer: string, events: readonly CaseEvent[]): [string, string[], number[]] {
  const newest = new Map<string, number>();
  for (const { subject, caseversion } of events) {
    newest.set(subject, Math.max(caseversion, newest.get(subject) ?? 0));
  }
  // One order of locking for all consumers, or two batches with the same cases would wait for each other.
  const ordered = [...newest].sort(([a], [b]) => (a < b ? -1 : 1));
  return [consumer, ordered.map(([id]) => id), ordered.map(([, version]) => version)];
}

/**
 * Takes events in, for a consumer that does the rest in the same transaction.
 *
 * @returns the cases with something new in this batch
 */
export async function takeIn(on: Queryable, consumer: string, events: readonly CaseEvent[]): Promise<string[]> {
  const fresh = await rows<{ case_id: string }>(on, TAKE_IN, newestVersions(consumer, events));
  return fresh.map(({ case_id }) => case_id);
}
