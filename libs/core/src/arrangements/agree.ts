import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { lockCase } from '../cases/case-lookup.js';
import { recordChanges } from '../cases/change-recorder.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { insertSchedule, refuseArranged, sameTerms } from './arrangement-store.js';
import type { Allocation } from './domain/allocation.js';
import type { ArrangementPolicy } from './domain/arrangement-policy.js';
import type { PlanTerms } from './domain/plan-terms.js';
import type { PlanLimits } from './domain/plan.js';
import { planFor } from './plan-for.js';

export interface ArrangementOrder {
  /** One or several debts of one case, without repetition. */
  readonly debtIds: readonly string[];
  readonly allocation: Allocation;
  /** Without an amount, all that is owed. */
  readonly terms: PlanTerms;
  /** The same key is agreed once in a case, however often it is sent. */
  readonly idempotencyKey: string;
}

/** What the office adds to what is agreed. */
export interface AgreementTerms {
  readonly today: IsoDate;
  readonly policy: ArrangementPolicy;
  readonly limits: PlanLimits;
}

export interface AgreedArrangement {
  readonly arrangementId: string;
  /** False when this key was agreed before and nothing was done now. */
  readonly agreed: boolean;
}

interface Arranged {
  readonly id: string;
  readonly case_id: string;
  readonly currency: string;
  readonly balance: number;
}

/**
 * Agrees an arrangement, in the caller's transaction. From then on it stands as a stop on its debts, until it is breached,
 * ended or completed.
 *
 * @throws Refusal `debt-unknown`, `debts-of-several-cases`, `nothing-owed`, `amount-above-balance`, `first-due-past`,
 *   `already-arranged`, `key-reused`, or a fault of the plan
 */
export async function agreeArrangement(
  manager: EntityManager,
  context: ChangeContext,
  order: ArrangementOrder,
  office: AgreementTerms,
): Promise<AgreedArrangement> {
  const caseId = await caseOf(manager, context, order.debtIds);
  await lockCase(manager, caseId);
  const before = await agreedBefore(manager, caseId, order);
  if (before) return { arrangementId: before, agreed: false };
  const debts = await arranged(manager, order.debtIds);
  await refuseArranged(manager, order.debtIds, null);
  const owed = debts.reduce((sum, { balance }) => sum + Math.max(0, balance), 0);
  const plan = planFor(order.terms, owed, office.today, office.limits);

  const id = randomUUID();
  const [version] = await recordChanges(manager, context, [
    { caseId, type: 'concord.arrangement.agreed.v1', subjectId: id, data: { arrangementId: id } },
  ]);
  await rows(
    manager,
    `insert into cases.arrangement (id, case_id, jurisdiction_id, state, allocation, currency, holds_back, agreed_on,
       idempotency_key, actor, recorded_at)
     values ($1, $2, $3, 'in-force', $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      caseId,
      context.jurisdictionId,
      order.allocation,
      debts[0]!.currency,
      office.policy.holdsBack,
      office.today,
      order.idempotencyKey,
      context.actor,
      context.at,
    ],
  );
  await rows(
    manager,
    `insert into cases.arrangement_debt (arrangement_id, debt_id, state) select $1, unnest($2::uuid[]), 'in-force'`,
    [id, order.debtIds],
  );
  await insertSchedule(manager, {
    arrangementId: id,
    revision: 1,
    agreedOn: office.today,
    caseVersion: version!,
    terms: order.terms,
    plan,
    idempotencyKey: order.idempotencyKey,
    actor: context.actor,
    at: context.at,
  });
  return { arrangementId: id, agreed: true };
}

async function caseOf(manager: EntityManager, context: ChangeContext, debtIds: readonly string[]): Promise<string> {
  const found = await rows<{ id: string; case_id: string }>(
    manager,
    'select id, case_id from cases.debt where id = any($1) and jurisdiction_id = $2',
    [debtIds, context.jurisdictionId],
  );
  const missing = debtIds.find((id) => !found.some((debt) => debt.id === id));
  if (missing !== undefined) {
    throw new Refusal('debt-unknown', `no debt of ${context.jurisdictionId} has the id ${missing}`);
  }
  const cases = new Set(found.map(({ case_id }) => case_id));
  if (cases.size > 1) throw new Refusal('debts-of-several-cases', 'an arrangement is about debts of one case');
  return found[0]!.case_id;
}

function arranged(manager: EntityManager, debtIds: readonly string[]): Promise<Arranged[]> {
  return rows<Arranged>(
    manager,
    `select d.id, d.case_id, d.currency, coalesce(sum(e.effect_minor), 0) as balance
     from cases.debt d left join cases.ledger_entry e on e.debt_id = d.id
     where d.id = any($1) group by d.id`,
    [debtIds],
  );
}

async function agreedBefore(manager: EntityManager, caseId: string, order: ArrangementOrder): Promise<string | null> {
  const [before] = await rows<{ id: string; allocation: string; terms: PlanTerms; debts: string[] }>(
    manager,
    `select a.id, a.allocation, s.terms,
            array(select debt_id::text from cases.arrangement_debt where arrangement_id = a.id order by 1) as debts
     from cases.arrangement a join cases.arrangement_schedule s on s.arrangement_id = a.id and s.revision = 1
     where a.case_id = $1 and a.idempotency_key = $2`,
    [caseId, order.idempotencyKey],
  );
  if (!before) return null;
  const sameDebts = before.debts.join() === [...order.debtIds].sort().join();
  if (!sameDebts || before.allocation !== order.allocation || !sameTerms(order.terms, before.terms)) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another arrangement of this case`);
  }
  return before.id;
}
