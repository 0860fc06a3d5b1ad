import type { EntityManager } from 'typeorm';
import { recordChanges } from '../cases/change-recorder.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { AgreementTerms } from './agree.js';
import { insertSchedule, lockArrangement, owedDebts, refuseArranged, sameTerms } from './arrangement-store.js';
import type { PlanTerms } from './domain/plan-terms.js';
import { planFor } from './plan-for.js';

export interface ExtensionOrder {
  readonly arrangementId: string;
  /** The whole of what is still to be paid; without an amount, all that is owed. */
  readonly terms: PlanTerms;
  /** The same key extends once. */
  readonly idempotencyKey: string;
}

/**
 * Gives an arrangement a new schedule for what is still to be paid, in the caller's transaction. The earlier schedule stays
 * on record. One that was breached is in force again.
 *
 * @throws Refusal `arrangement-unknown`, `arrangement-over`, `already-arranged`, `key-reused`, or as for an agreement
 */
export async function extendArrangement(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ExtensionOrder,
  office: AgreementTerms,
): Promise<{ readonly revision: number; readonly extended: boolean }> {
  const arrangement = await lockArrangement(manager, order.arrangementId);
  const before = await extendedBefore(manager, order);
  if (before !== null) return { revision: before, extended: false };
  if (arrangement.state !== 'in-force' && arrangement.state !== 'breached') {
    throw new Refusal('arrangement-over', `the arrangement was ${arrangement.state} on ${arrangement.endedOn}`);
  }
  const debts = await owedDebts(manager, arrangement.id);
  await refuseArranged(
    manager,
    debts.map(({ debtId }) => debtId),
    arrangement.id,
  );
  const owed = debts.reduce((sum, { balanceMinor }) => sum + Math.max(0, balanceMinor), 0);
  const plan = planFor(order.terms, owed, office.today, office.limits);
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: arrangement.jurisdictionId }, [
    {
      caseId: arrangement.caseId,
      type: 'concord.arrangement.extended.v1',
      subjectId: arrangement.id,
      data: { arrangementId: arrangement.id },
    },
  ]);
  await rows(
    manager,
    `update cases.arrangement set state = 'in-force', ended_on = null, ended_reason = null where id = $1`,
    [arrangement.id],
  );
  const revision = (await lastRevision(manager, arrangement.id)) + 1;
  await insertSchedule(manager, {
    arrangementId: arrangement.id,
    revision,
    agreedOn: office.today,
    caseVersion: version!,
    terms: order.terms,
    plan,
    idempotencyKey: order.idempotencyKey,
    actor: context.actor,
    at: context.at,
  });
  return { revision, extended: true };
}

async function lastRevision(manager: EntityManager, arrangementId: string): Promise<number> {
  const [last] = await rows<{ revision: number }>(
    manager,
    'select max(revision) as revision from cases.arrangement_schedule where arrangement_id = $1',
    [arrangementId],
  );
  return last!.revision;
}

async function extendedBefore(manager: EntityManager, order: ExtensionOrder): Promise<number | null> {
  const [before] = await rows<{ revision: number; terms: PlanTerms }>(
    manager,
    'select revision, terms from cases.arrangement_schedule where arrangement_id = $1 and idempotency_key = $2',
    [order.arrangementId, order.idempotencyKey],
  );
  if (!before) return null;
  if (before.revision === 1 || !sameTerms(order.terms, before.terms)) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another schedule of it`);
  }
  return before.revision;
}
