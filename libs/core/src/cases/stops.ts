import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { JsonValue, StopKind } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { holdGroup } from '../parties/party-group.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/** What a stop protects: a whole case, one debt, or one party wherever that party owes. */
export interface StopSubject {
  readonly kind: 'case' | 'debt' | 'party';
  readonly id: string;
}

export interface StopOrder {
  readonly subject: StopSubject;
  readonly kind: StopKind;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly details: Readonly<Record<string, JsonValue>>;
  readonly source: string;
  /** What shows it (a notice, an order, a certificate), by the office's reference of it. */
  readonly proof?: string | null;
  readonly idempotencyKey: string;
}

interface LiftedStop {
  readonly scope: StopSubject['kind'];
  readonly subject_id: string;
  readonly lifted_on: string | null;
  /** The stop that a discharge ended, where this one says so. */
  readonly follows: string | null;
}

interface Reach {
  readonly case_id: string;
  readonly jurisdiction_id: string;
}

/**
 * Places a stop, in the caller's transaction. Every case that it reaches takes a new version.
 *
 * @throws Refusal `subject-unknown`
 */
export async function placeStop(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: StopOrder,
): Promise<{ readonly stopId: string; readonly placed: boolean }> {
  const subjectId = await holdSubject(manager, order.subject);
  const reached = await reachOf(manager, { ...order.subject, id: subjectId });
  const [home] = reached;
  if (!home) throw new Refusal('subject-unknown', `no ${order.subject.kind} has the id ${order.subject.id}`);
  const id = randomUUID();
  const [inserted] = await rows<{ id: string }>(
    manager,
    `insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, ends_on, details, source,
       idempotency_key, actor, recorded_at, proof)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (case_id, idempotency_key) do nothing returning id`,
    [
      id,
      home.case_id,
      order.subject.kind,
      subjectId,
      order.kind,
      order.startsOn,
      order.endsOn,
      JSON.stringify(order.details),
      order.source,
      order.idempotencyKey,
      context.actor,
      context.at,
      order.proof ?? null,
    ],
  );
  if (!inserted) {
    const [before] = await rows<{ id: string; kind: string; subject_id: string }>(
      manager,
      'select id, kind, subject_id from cases.stop where case_id = $1 and idempotency_key = $2',
      [home.case_id, order.idempotencyKey],
    );
    if (before!.kind !== order.kind || before!.subject_id !== subjectId) {
      throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another stop of this case`);
    }
    return { stopId: before!.id, placed: false };
  }
  await tellCases(manager, context, reached, 'concord.stop.placed.v1', id);
  return { stopId: id, placed: true };
}

/**
 * Lifts a stop from a date on, in the caller's transaction. Lifting it again changes nothing.
 *
 * @throws Refusal `stop-unknown`, or `discharge-stands` for one that says that a debt was discharged
 */
export async function liftStop(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  stopId: string,
  liftedOn: string,
): Promise<{ readonly lifted: boolean }> {
  const [stop] = await rows<LiftedStop>(
    manager,
    'select scope, subject_id, lifted_on, follows from cases.stop where id = $1 for update',
    [stopId],
  );
  if (!stop) throw new Refusal('stop-unknown', `no stop has the id ${stopId}`);
  if (stop.lifted_on) return { lifted: false };
  if (stop.follows) throw new Refusal('discharge-stands', 'what a court discharged stays discharged');
  await rows(manager, 'update cases.stop set lifted_on = $2 where id = $1', [stopId, liftedOn]);
  await holdSubject(manager, { kind: stop.scope, id: stop.subject_id });
  const reached = await reachOf(manager, { kind: stop.scope, id: stop.subject_id });
  await tellCases(manager, context, reached, 'concord.stop.lifted.v1', stopId);
  return { lifted: true };
}

const REACH: Readonly<Record<StopSubject['kind'], string>> = {
  // Cases of the same debtor under two entries are one; the case that is named first.
  case: `select c.id as case_id, c.jurisdiction_id from cases.case_same s join cases.case_file c on c.id = s.same_id
         where s.case_id = $1 order by c.id <> $1, c.id`,
  debt: 'select case_id, jurisdiction_id from cases.debt where id = $1',
  // The party's own case first: the stop is filed there.
  party: `select d.case_id, d.jurisdiction_id
          from cases.party_same s
          join cases.debt_party dp on dp.party_id = s.same_id join cases.debt d on d.id = dp.debt_id
          where s.party_id = $1 group by d.case_id, d.jurisdiction_id order by bool_or(dp.role = 'debtor') desc, d.case_id`,
};

/**
 * Keeps whom a stop reaches from changing until the transaction ends, where it is about a person.
 *
 * @returns what the stop stands with: of a duplicate, the party that stands for it
 */
async function holdSubject(manager: EntityManager, { kind, id }: StopSubject): Promise<string> {
  if (kind === 'debt') return id;
  const [party] = await rows<{ id: string }>(
    manager,
    kind === 'party'
      ? 'select id from cases.party where id = $1'
      : 'select debtor_id as id from cases.case_file where id = $1',
    [id],
  );
  if (!party) return id;
  const { survivorId } = await holdGroup(manager, party.id);
  return kind === 'party' ? survivorId : id;
}

async function reachOf(manager: EntityManager, subject: StopSubject): Promise<Reach[]> {
  return rows<Reach>(manager, REACH[subject.kind], [subject.id]);
}

async function tellCases(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  reached: readonly Reach[],
  type: 'concord.stop.placed.v1' | 'concord.stop.lifted.v1',
  stopId: string,
): Promise<void> {
  await recordChanges(
    manager,
    { ...context, jurisdictionId: reached[0]!.jurisdiction_id },
    reached.map(({ case_id }) => ({ caseId: case_id, type, subjectId: stopId, data: { stopId } })),
  );
}
