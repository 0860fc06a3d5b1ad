import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { CaseEvent } from '../events/catalogue.js';
import { newestVersions, TAKE_IN } from '../events/inbox.js';

/** Always due. */
const AT_ONCE = '-infinity';

/**
 * Marks every debt of the cases that a statement returns as `case_id`, if it was ever referred to a connector: one statement, so
 * that it is one trip to the server and a transaction of its own. Referrals are found by their debts, which have an index by case:
 * what a batch costs must not grow with the number of referrals. A look that is due already stays as it is, and is locked before
 * that is said: whoever has claimed it is waited for, and what is left of it then is marked.
 */
const marking = (cases: string): string => `
  with fresh as (${cases}), marked as (
    insert into exchange.look (connector_id, subject_id, due_on)
    select distinct c.id, r.debt_id, '${AT_ONCE}'::date
    from cases_v1.debt d
    join cases_v1.referral r on r.debt_id = d.id
    join exchange.connector c on c.id = r.connector_id
    where d.case_id = any (array(select case_id from fresh)) order by 1, 2
    on conflict (connector_id, subject_id) do update set due_on = excluded.due_on
    where look.due_on <> excluded.due_on)
  select count(*) as cases from fresh`;

/**
 * Takes events in and marks the debts of their cases. Each case's change was committed before its event was published, so that
 * what the statement sees when it begins has it.
 */
export async function lookAtChangedCases(on: Queryable, consumer: string, events: readonly CaseEvent[]): Promise<void> {
  await rows(on, marking(TAKE_IN), newestVersions(consumer, events));
}

/**
 * Marks the debts of every case that is newer than the last event taken in of it. An event that expired or was put away never
 * comes, and would leave partners with what the case no longer says. What is marked counts as taken in: judging reads the case
 * as it is then, so that an event that was only late has nothing to add.
 *
 * @returns how many cases were behind
 */
export async function lookAtMissedCases(on: Queryable, consumer: string): Promise<number> {
  const [behind] = await rows<{ cases: number }>(on, marking(BEHIND), [consumer]);
  return behind!.cases;
}

/** Takes the newest versions in, in the order of the inbox, so that no consumer and this wait for each other. */
const BEHIND = `
  insert into exchange.case_seen as seen (consumer, case_id, version)
  select $1, f.id, f.version from cases_v1.case_file f
  left join exchange.case_seen s on s.consumer = $1 and s.case_id = f.id
  where s.version is null or s.version < f.version
  order by f.id
  on conflict (consumer, case_id) do update set version = excluded.version where seen.version < excluded.version
  returning case_id`;

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
