import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate, JsonValue, StopKind } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { ChangeContext } from './change-recorder.js';
import { stopDetailFaults } from './domain/stop-details.js';
import { lockCases } from './lock-cases.js';
import { holdSubject, reachOf, tellCases } from './stops.js';
import type { StopSubject } from './stops.js';

/** What became known of a stop after it was placed, or was recorded wrongly. */
export interface StopDetailChange {
  readonly stopId: string;
  /** The details that change; null takes one away. All others stay. */
  readonly details: Readonly<Record<string, JsonValue>>;
  readonly reason: string;
  /** Who told the office, and how. */
  readonly source: string;
  /** What shows it, by the office's reference of it. */
  readonly proof: string | null;
  /** The same key changes the stop once, however often it is sent. */
  readonly idempotencyKey: string;
}

interface StandingStop {
  readonly scope: StopSubject['kind'];
  readonly subject_id: string;
  readonly kind: StopKind;
  readonly country: string;
  readonly ends_on: IsoDate | null;
  readonly lifted_on: IsoDate | null;
  readonly details: Readonly<Record<string, JsonValue>>;
  /** The stop that a discharge ended, where this one says so. */
  readonly follows: string | null;
}

/**
 * Changes or completes details of a stop that is in force, in the caller's transaction. What they were, who changed them and
 * why stays on record. Every case that the stop reaches takes a new version, so that its debts are judged anew.
 *
 * @returns `changed` false when this key changed it before, or the details are what they should become
 * @throws Refusal `stop-unknown`, `stop-lifted`, `discharge-stands` for one that says that a debt was discharged,
 *   `stop-details` when what comes out is not what its kind needs in the office's country, or `key-reused`
 */
export async function changeStopDetails(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  change: StopDetailChange,
): Promise<{ readonly changed: boolean }> {
  const found = await readStop(manager, change.stopId);
  if (!found) throw new Refusal('stop-unknown', `no stop has the id ${change.stopId}`);
  // Parties, cases, stops: in this order everything locks them.
  const subject = { kind: found.scope, id: found.subject_id };
  await holdSubject(manager, subject);
  const reached = await reachOf(manager, subject);
  await lockCases(
    manager,
    reached.map(({ case_id }) => case_id),
  );
  if (await changedBefore(manager, change)) return { changed: false };
  const stop = (await readStop(manager, change.stopId, 'for update of s'))!;
  if (stop.follows) throw new Refusal('discharge-stands', 'what a court discharged stays discharged');
  if (stop.lifted_on) throw new Refusal('stop-lifted', `it was lifted on ${stop.lifted_on}`);
  const after = withChanges(stop.details, change.details);
  const faults = stopDetailFaults({ kind: stop.kind, endsOn: stop.ends_on, details: after }, stop.country);
  if (faults.length > 0) throw new Refusal('stop-details', faults.join('; '));
  const [changed] = await rows(
    manager,
    'update cases.stop set details = $2 where id = $1 and details is distinct from $2::jsonb returning id',
    [change.stopId, JSON.stringify(after)],
  );
  if (!changed) return { changed: false };
  await keep(manager, context, change, stop.details, after);
  await tellCases(manager, context, reached, 'concord.stop.changed.v1', change.stopId);
  return { changed: true };
}

async function readStop(manager: EntityManager, stopId: string, lock = ''): Promise<StandingStop | undefined> {
  const [found] = await rows<StandingStop>(
    manager,
    `select s.scope, s.subject_id, s.kind, j.country, s.ends_on, s.lifted_on, s.details, s.follows
     from cases.stop s join cases.case_file c on c.id = s.case_id join cases.jurisdiction j on j.id = c.jurisdiction_id
     where s.id = $1 ${lock}`,
    [stopId],
  );
  return found;
}

/** @throws Refusal `key-reused` when the key changed other details, or made them something else */
async function changedBefore(manager: EntityManager, change: StopDetailChange): Promise<boolean> {
  const [before] = await rows<{ same: boolean }>(
    manager,
    'select asked = $3::jsonb as same from cases.stop_detail_change where stop_id = $1 and idempotency_key = $2',
    [change.stopId, change.idempotencyKey, JSON.stringify(change.details)],
  );
  if (before && !before.same) {
    throw new Refusal('key-reused', `the key ${change.idempotencyKey} was used for another change of this stop`);
  }
  return before !== undefined;
}

function withChanges(
  details: StandingStop['details'],
  changes: StopDetailChange['details'],
): Readonly<Record<string, JsonValue>> {
  const merged = Object.entries({ ...details, ...changes });
  return Object.fromEntries(merged.filter(([name]) => changes[name] !== null));
}

async function keep(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  change: StopDetailChange,
  before: StandingStop['details'],
  after: StandingStop['details'],
): Promise<void> {
  await rows(
    manager,
    `insert into cases.stop_detail_change (id, stop_id, before, after, asked, reason, source, proof, idempotency_key,
       actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[randomUUID(), change.stopId, JSON.stringify(before), JSON.stringify(after), JSON.stringify(change.details)],
      ...[change.reason, change.source, change.proof, change.idempotencyKey, context.actor, context.at],
    ],
  );
}
