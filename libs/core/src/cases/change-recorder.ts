import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { CaseEvent, CaseEventData, CaseEventType } from '../events/catalogue.js';

/** Who does something, where, when, and on whose request. */
export interface ChangeContext {
  readonly jurisdictionId: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly at: Date;
}

/** One change of one case, and the event that tells of it. */
export interface CaseChange<T extends CaseEventType = CaseEventType> {
  readonly caseId: string;
  readonly type: T;
  readonly subjectId: string;
  readonly data: CaseEventData<T>;
}

/**
 * Gives every change the next version of its case, writes who made it, and puts its event in the outbox: all in the
 * caller's transaction, so that there is never a change without its event. Locks the cases, in a fixed order, until then.
 *
 * @returns the versions, in the order of the changes
 */
export async function recordChanges(
  manager: EntityManager,
  context: ChangeContext,
  changes: readonly CaseChange[],
): Promise<number[]> {
  if (changes.length === 0) return [];
  const versions = await takeVersions(
    manager,
    changes.map(({ caseId }) => caseId),
  );
  const events = changes.map((change, index) => envelope(context, change, versions[index]!));
  await rows(
    manager,
    `insert into cases.change (case_id, version, kind, subject_id, actor, correlation_id, occurred_at)
     select case_id, version, kind, subject_id, $2, $3, $4
     from jsonb_to_recordset($1::jsonb) as c (case_id uuid, version bigint, kind text, subject_id uuid)`,
    [
      JSON.stringify(
        changes.map(({ caseId, type, subjectId }, index) => ({
          case_id: caseId,
          version: versions[index],
          kind: type,
          subject_id: subjectId,
        })),
      ),
      context.actor,
      context.correlationId,
      context.at,
    ],
  );
  await rows(
    manager,
    `insert into cases.outbox (case_id, event)
     select (event->>'subject')::uuid, event
     from jsonb_array_elements($1::jsonb) with ordinality as e (event, place) order by place`,
    [JSON.stringify(events)],
  );
  return versions;
}

async function takeVersions(manager: EntityManager, caseIds: readonly string[]): Promise<number[]> {
  const taken = await rows<{ id: string; version: number; changes: number }>(
    manager,
    `with wanted as (select id, count(*) as changes from unnest($1::uuid[]) as id group by id),
          -- by a list, so that the index is read however many cases there are and whatever is known of them
          locked as (select id from cases.case_file where id = any(array(select id from wanted)) order by id for no key update)
     update cases.case_file c set version = c.version + w.changes
     from wanted w join locked l on l.id = w.id
     where c.id = w.id
     returning c.id, c.version, w.changes`,
    [caseIds],
  );
  const next = new Map(taken.map(({ id, version, changes }) => [id, version - changes + 1]));
  return caseIds.map((id) => {
    const version = next.get(id);
    if (version === undefined) throw new Error(`case ${id} does not exist`);
    next.set(id, version + 1);
    return version;
  });
}

function envelope(context: ChangeContext, change: CaseChange, version: number): CaseEvent {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `/concord/cases/${context.jurisdictionId}`,
    type: change.type,
    subject: change.caseId,
    time: context.at.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: change.caseId,
    caseversion: version,
    correlationid: context.correlationId,
    data: change.data,
  };
}
