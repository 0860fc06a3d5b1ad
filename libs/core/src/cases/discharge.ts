import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { recordChanges } from './change-recorder.js';
import type { CaseChange, ChangeContext } from './change-recorder.js';
import { lockCases } from './lock-cases.js';
import { holdSubject } from './stops.js';

/** A debt that a discharge leaves standing, and the provision that does so, such as 11 USC 523(a)(7). */
export interface SurvivingDebt {
  readonly debtId: string;
  readonly ground: string;
}

/** A court freed a debtor of the debts from before an insolvency. */
export interface DischargeOrder {
  /** The insolvency that it ends. */
  readonly stopId: string;
  readonly on: IsoDate;
  /** Which debts survive is for a person to say (US-BK-04, CA-BIA-03); all others are discharged. */
  readonly surviving: readonly SurvivingDebt[];
  /** The office's reference of the order. */
  readonly proof: string | null;
}

export interface RecordedDischarge {
  /** The debts that are discharged. */
  readonly debtIds: readonly string[];
  /** False when the discharge was recorded before and nothing was done now. */
  readonly recorded: boolean;
}

interface Insolvency {
  readonly case_id: string;
  readonly jurisdiction_id: string;
  readonly scope: 'case' | 'debt' | 'party';
  readonly subject_id: string;
  readonly kind: string;
  readonly starts_on: IsoDate;
  readonly lifted_on: IsoDate | null;
}

interface Reached {
  readonly debt_id: string;
  readonly case_id: string;
  /** Whom it frees, where that is not the debt's own debtor. */
  readonly party_id: string | null;
  readonly before: boolean;
}

/**
 * Records a discharge, in the caller's transaction: the insolvency's stop ends, and each debt that is discharged gets one
 * of its own that no time ends and nobody lifts. Debts that were incurred after the filing are none of the discharge's.
 *
 * @param today the office's
 * @throws Refusal `stop-unknown`, `not-an-insolvency`, `stop-lifted`, `date-in-future`, `discharge-before-filing`, or
 *   `debt-not-reached` for a survivor that the stop does not reach
 */
export async function recordDischarge(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: DischargeOrder,
  today: IsoDate,
): Promise<RecordedDischarge> {
  const insolvency = await lockInsolvency(manager, order.stopId);
  const before = await dischargedBefore(manager, order.stopId);
  if (before.length > 0 || (await isDischarged(manager, order.stopId))) return { debtIds: before, recorded: false };
  if (insolvency.lifted_on !== null) throw new Refusal('stop-lifted', `it was lifted on ${insolvency.lifted_on}`);
  if (order.on > today) throw new Refusal('date-in-future', `${order.on} is after ${today}, the office's today`);
  if (order.on < insolvency.starts_on) {
    throw new Refusal('discharge-before-filing', `the insolvency began on ${insolvency.starts_on}`);
  }
  const reached = await reachedDebts(manager, order.stopId);
  const surviving = new Set(order.surviving.map(({ debtId }) => debtId));
  const stranger = [...surviving].find((id) => !reached.some(({ debt_id }) => debt_id === id));
  if (stranger !== undefined) throw new Refusal('debt-not-reached', `the stop does not reach the debt ${stranger}`);

  const discharged = reached
    .filter(({ debt_id, before: incurredBefore }) => incurredBefore && !surviving.has(debt_id))
    .map((each) => ({ ...each, id: randomUUID() }));
  await endInsolvency(manager, order, today);
  await insertDischarges(manager, context, order, discharged);
  const lifted = [...new Set([insolvency.case_id, ...reached.map(({ case_id }) => case_id)])];
  await recordChanges(manager, { ...context, jurisdictionId: insolvency.jurisdiction_id }, [
    ...lifted.map((caseId): CaseChange<'concord.stop.lifted.v1'> => ({
      caseId,
      type: 'concord.stop.lifted.v1',
      subjectId: order.stopId,
      data: { stopId: order.stopId },
    })),
    ...discharged.map(({ id, case_id }): CaseChange<'concord.stop.placed.v1'> => ({
      caseId: case_id,
      type: 'concord.stop.placed.v1',
      subjectId: id,
      data: { stopId: id },
    })),
  ]);
  return { debtIds: discharged.map(({ debt_id }) => debt_id), recorded: true };
}

async function lockInsolvency(manager: EntityManager, stopId: string): Promise<Insolvency> {
  const read = () =>
    rows<Insolvency>(
      manager,
      `select s.case_id, c.jurisdiction_id, s.scope, s.subject_id, s.kind, s.starts_on, s.lifted_on
       from cases.stop s join cases.case_file c on c.id = s.case_id where s.id = $1`,
      [stopId],
    );
  const [found] = await read();
  if (!found) throw new Refusal('stop-unknown', `no stop has the id ${stopId}`);
  if (found.kind !== 'insolvency') throw new Refusal('not-an-insolvency', 'only an insolvency ends in a discharge');
  await holdSubject(manager, { kind: found.scope, id: found.subject_id });
  const reached = await reachedDebts(manager, stopId);
  await lockCases(manager, [found.case_id, ...reached.map(({ case_id }) => case_id)]);
  return (await read())[0]!;
}

async function dischargedBefore(manager: EntityManager, stopId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    manager,
    'select subject_id as id from cases.stop where follows = $1 and lifted_on is null',
    [stopId],
  );
  return found.map(({ id }) => id);
}

async function isDischarged(manager: EntityManager, stopId: string): Promise<boolean> {
  const [stop] = await rows<{ discharged: boolean }>(
    manager,
    `select lifted_on is not null and details ? 'dischargedOn' as discharged from cases.stop where id = $1`,
    [stopId],
  );
  return stop!.discharged;
}

function reachedDebts(manager: EntityManager, stopId: string): Promise<Reached[]> {
  return rows<Reached>(
    manager,
    `with stop as (select *, coalesce(details->>'filedOn', starts_on::text) as filed_on from cases.stop where id = $1)
     select d.id as debt_id, d.case_id,
            case when s.scope = 'party' and not exists (
                   select 1 from cases.party_same p where p.party_id = s.subject_id and p.same_id = c.debtor_id)
                 then s.subject_id else s.party_id end as party_id,
            coalesce(d.incurred_on::text <= s.filed_on, true) as before
     from stop s
     join cases.debt d on d.id in (
       select s.subject_id where s.scope = 'debt'
       union
       select o.id from cases.case_same c join cases.debt o on o.case_id = c.same_id
       where s.scope = 'case' and c.case_id = s.subject_id
       union
       select dp.debt_id from cases.party_same p join cases.debt_party dp on dp.party_id = p.same_id
       where s.scope = 'party' and p.party_id = s.subject_id)
     join cases.case_file c on c.id = d.case_id
     order by d.number`,
    [stopId],
  );
}

/** What survived, and why, stays with the insolvency that it survived. */
async function endInsolvency(manager: EntityManager, order: DischargeOrder, today: IsoDate): Promise<void> {
  await rows(manager, 'update cases.stop set lifted_on = $2, details = details || $3::jsonb where id = $1', [
    order.stopId,
    today,
    JSON.stringify({ dischargedOn: order.on, surviving: order.surviving }),
  ]);
}

async function insertDischarges(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: DischargeOrder,
  discharged: readonly (Reached & { readonly id: string })[],
): Promise<void> {
  await rows(
    manager,
    `insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, details, source, idempotency_key, actor,
       recorded_at, proof, party_id, follows)
     select n.id, n.case_id, 'debt', n.debt_id, 'insolvency', s.starts_on, s.details - 'surviving', s.source,
            'discharge:' || s.id || ':' || n.debt_id, $3, $4, coalesce($5, s.proof), n.party_id, s.id
     from jsonb_to_recordset($2::jsonb) as n (id uuid, case_id uuid, debt_id uuid, party_id uuid), cases.stop s
     where s.id = $1`,
    [order.stopId, JSON.stringify(discharged), context.actor, context.at, order.proof],
  );
}
