import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { JsonValue, StopKind } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { holdGroup } from '../parties/party-group.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';
import { lockCases } from './lock-cases.js';

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

/** A case that a stop reaches, with its office. */
export interface Reach {
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
  const { id: subjectId, sameIds } = await holdSubject(manager, order.subject);
  const before = await placedBefore(manager, order, sameIds);
  if (before !== null) return { stopId: before, placed: false };
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
    const meanwhile = await placedBefore(manager, order, sameIds);
    if (meanwhile !== null) return { stopId: meanwhile, placed: false };
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another stop of this case`);
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
  const read = (lock: string) =>
    rows<LiftedStop>(manager, `select scope, subject_id, lifted_on, follows from cases.stop where id = $1 ${lock}`, [
      stopId,
    ]);
  const [found] = await read('');
  if (!found) throw new Refusal('stop-unknown', `no stop has the id ${stopId}`);
  // Parties, cases, stops: in this order everything locks them.
  const subject = { kind: found.scope, id: found.subject_id };
  await holdSubject(manager, subject);
  const reached = await reachOf(manager, subject);
  await lockCases(
    manager,
    reached.map(({ case_id }) => case_id),
  );
  const [stop] = await read('for update');
  if (stop!.lifted_on) return { lifted: false };
  if (stop!.follows) throw new Refusal('discharge-stands', 'what a court discharged stays discharged');
  await rows(manager, 'update cases.stop set lifted_on = $2 where id = $1', [stopId, liftedOn]);
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
 * The stop that the same request placed before. A merge in between changes under which party it counts and which case it is
 * filed with, so that it is looked for with all that are the same.
 *
 * @throws Refusal `key-reused` when the key placed a stop of another kind
 */
async function placedBefore(
  manager: EntityManager,
  order: StopOrder,
  sameIds: readonly string[],
): Promise<string | null> {
  const placed = await rows<{ id: string; kind: string }>(
    manager,
    'select id, kind from cases.stop where scope = $1 and subject_id = any($2) and idempotency_key = $3 order by recorded_at, id',
    [order.subject.kind, sameIds, order.idempotencyKey],
  );
  const same = placed.find(({ kind }) => kind === order.kind);
  if (placed.length > 0 && !same) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another stop of the same subject`);
  }
  return same?.id ?? null;
}

/**
 * Keeps whom a stop reaches from changing until the transaction ends, where it is about a person.
 *
 * @returns what the stop stands with, of a duplicate the party that stands for it, and all that are the same
 */
export async function holdSubject(
  manager: EntityManager,
  { kind, id }: StopSubject,
): Promise<{ readonly id: string; readonly sameIds: readonly string[] }> {
  if (kind === 'debt') return { id, sameIds: [id] };
  const [party] = await rows<{ id: string }>(
    manager,
    kind === 'party'
      ? 'select id from cases.party where id = $1'
      : 'select debtor_id as id from cases.case_file where id = $1',
    [id],
  );
  if (!party) return { id, sameIds: [id] };
  const { survivorId, memberIds } = await holdGroup(manager, party.id);
  if (kind === 'party') return { id: survivorId, sameIds: memberIds };
  const cases = await rows<{ id: string }>(manager, 'select id from cases.case_file where debtor_id = any($1)', [
    memberIds,
  ]);
  return { id, sameIds: cases.map((each) => each.id) };
}

/** The cases that a stop of this subject reaches, the one where it is filed first. */
export async function reachOf(manager: EntityManager, subject: StopSubject): Promise<Reach[]> {
  return rows<Reach>(manager, REACH[subject.kind], [subject.id]);
}

/** Gives every case that a stop reaches its next version, with the event. */
export async function tellCases(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  reached: readonly Reach[],
  type: 'concord.stop.placed.v1' | 'concord.stop.changed.v1' | 'concord.stop.lifted.v1',
  stopId: string,
): Promise<void> {
  await recordChanges(
    manager,
    { ...context, jurisdictionId: reached[0]!.jurisdiction_id },
    reached.map(({ case_id }) => ({ caseId: case_id, type, subjectId: stopId, data: { stopId } })),
  );
}
