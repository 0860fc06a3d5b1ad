import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';

/** Always due. */
const AT_ONCE = '-infinity';

/** Marks every debt of these cases that was ever referred to a connector. */
export async function lookAtCases(manager: EntityManager, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  await rows(
    manager,
    `insert into exchange.look (connector_id, subject_id, due_on)
     select distinct c.id, r.debt_id, '${AT_ONCE}'::date
     from cases_v1.referral r join exchange.connector c on c.id = r.connector_id
     where r.case_id = any($1) order by 1, 2
     on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
    [caseIds],
  );
}

/** Marks every debt that was referred to a connector, also before it existed. */
export async function lookAtReferrals(manager: EntityManager, connectorId: string): Promise<void> {
  await rows(
    manager,
    `insert into exchange.look (connector_id, subject_id, due_on)
     select distinct connector_id, debt_id, '${AT_ONCE}'::date from cases_v1.referral where connector_id = $1 order by 2
     on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
    [connectorId],
  );
}

/** Marks single subjects of one connector. */
export async function lookAtSubjects(
  manager: EntityManager,
  connectorId: string,
  subjectIds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  await rows(
    manager,
    `insert into exchange.look (connector_id, subject_id, due_on)
     select $1, subject_id, '${AT_ONCE}'::date from unnest($2::uuid[]) as subject_id order by subject_id
     on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
    [connectorId, subjectIds],
  );
}

/** Claims a batch of what is due for a connector until the transaction ends; others take the next ones. */
export async function claimDue(
  manager: EntityManager,
  connectorId: string,
  date: string,
  limit: number,
): Promise<string[]> {
  const due = await rows<{ subject_id: string }>(
    manager,
    `select subject_id from exchange.look where connector_id = $1 and due_on <= $2
     order by subject_id limit $3 for update skip locked`,
    [connectorId, date, limit],
  );
  return due.map(({ subject_id }) => subject_id);
}

/** Replaces the looks just taken by the next ones, where time alone can change something. */
export async function scheduleNext(
  manager: EntityManager,
  connectorId: string,
  taken: readonly string[],
  next: readonly { readonly subjectId: string; readonly on: string }[],
): Promise<void> {
  const scheduled = new Set(next.map(({ subjectId }) => subjectId));
  await rows(manager, 'delete from exchange.look where connector_id = $1 and subject_id = any($2)', [
    connectorId,
    taken.filter((subjectId) => !scheduled.has(subjectId)),
  ]);
  await rows(
    manager,
    `update exchange.look l set due_on = n.due_on
     from jsonb_to_recordset($2::jsonb) as n (subject_id uuid, due_on date)
     where l.connector_id = $1 and l.subject_id = n.subject_id`,
    [connectorId, JSON.stringify(next.map(({ subjectId, on }) => ({ subject_id: subjectId, due_on: on })))],
  );
}
