import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { Allocation, OwedDebt } from './domain/allocation.js';
import type { Plan, PlanTerms } from './domain/plan-terms.js';

export type ArrangementState = 'in-force' | 'breached' | 'ended' | 'completed';

/** An arrangement by itself, without its schedules. */
export interface StoredArrangement {
  readonly id: string;
  readonly caseId: string;
  readonly jurisdictionId: string;
  readonly state: ArrangementState;
  readonly allocation: Allocation;
  readonly currency: string;
  readonly holdsBack: readonly string[];
  readonly agreedOn: IsoDate;
  readonly endedOn: IsoDate | null;
  readonly endedReason: string | null;
}

const ARRANGEMENT = `
  select id, case_id as "caseId", jurisdiction_id as "jurisdictionId", state, allocation, currency,
         holds_back as "holdsBack", agreed_on as "agreedOn", ended_on as "endedOn", ended_reason as "endedReason"
  from cases.arrangement`;

/** @throws Refusal `arrangement-unknown` */
export async function readArrangement(on: Queryable, id: string): Promise<StoredArrangement> {
  const [found] = await rows<StoredArrangement>(on, `${ARRANGEMENT} where id = $1`, [id]);
  if (!found) throw new Refusal('arrangement-unknown', `no arrangement has the id ${id}`);
  return found;
}

/**
 * Locks the arrangement's case, as every change of a case does, and reads the arrangement as it then is.
 *
 * @throws Refusal `arrangement-unknown`
 */
export async function lockArrangement(manager: EntityManager, id: string): Promise<StoredArrangement> {
  await rows(
    manager,
    `select 1 from cases.case_file where id = (select case_id from cases.arrangement where id = $1) for no key update`,
    [id],
  );
  return readArrangement(manager, id);
}

/** What is owed now on the debts of an arrangement, the oldest first. */
export function owedDebts(on: Queryable, arrangementId: string): Promise<OwedDebt[]> {
  return rows<OwedDebt>(
    on,
    `select d.id as "debtId", coalesce(sum(e.effect_minor), 0) as "balanceMinor"
     from cases.arrangement_debt ad join cases.debt d on d.id = ad.debt_id
     left join cases.ledger_entry e on e.debt_id = d.id
     where ad.arrangement_id = $1
     group by d.id order by coalesce(d.incurred_on, d.delinquent_on, d.registered_at::date), d.number`,
    [arrangementId],
  );
}

/** A schedule to be written: the first of an arrangement, or the one that an extension brings. */
export interface NewSchedule {
  readonly arrangementId: string;
  readonly revision: number;
  readonly agreedOn: IsoDate;
  readonly caseVersion: number;
  readonly terms: PlanTerms;
  readonly plan: Plan;
  readonly idempotencyKey: string;
  readonly actor: string;
  readonly at: Date;
}

/** Writes a schedule with its instalments. Schedules are only added. */
export async function insertSchedule(manager: EntityManager, schedule: NewSchedule): Promise<void> {
  const { arrangementId, revision, plan } = schedule;
  await rows(
    manager,
    `insert into cases.arrangement_schedule (arrangement_id, revision, agreed_on, case_version, amount_minor, terms,
       idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      arrangementId,
      revision,
      schedule.agreedOn,
      schedule.caseVersion,
      plan.amountMinor,
      JSON.stringify(schedule.terms),
      schedule.idempotencyKey,
      schedule.actor,
      schedule.at,
    ],
  );
  await rows(
    manager,
    `insert into cases.arrangement_instalment (arrangement_id, revision, number, due_on, breaches_on, amount_minor)
     select $1, $2, number, "dueOn", "breachesOn", "amountMinor"
     from jsonb_to_recordset($3::jsonb) as i (number integer, "dueOn" date, "breachesOn" date, "amountMinor" bigint)`,
    [arrangementId, revision, JSON.stringify(plan.instalments)],
  );
}

/** Whether two sets of terms are the same, whatever the order in which a database gives their fields. */
export function sameTerms(one: PlanTerms, other: PlanTerms): boolean {
  return (Object.keys(one) as (keyof PlanTerms)[]).every((field) => one[field] === other[field]);
}

/**
 * Refuses debts that another arrangement in force covers already.
 *
 * @throws Refusal `already-arranged`
 */
export async function refuseArranged(
  manager: EntityManager,
  debtIds: readonly string[],
  except: string | null,
): Promise<void> {
  const [standing] = await rows<{ arrangement_id: string; debt_id: string }>(
    manager,
    `select arrangement_id, debt_id from cases.arrangement_debt
     where debt_id = any($1) and state = 'in-force' and arrangement_id is distinct from $2 limit 1`,
    [debtIds, except],
  );
  if (!standing) return;
  throw new Refusal(
    'already-arranged',
    `the debt ${standing.debt_id} is under the arrangement ${standing.arrangement_id} already`,
  );
}
