import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate, ProofKind } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { locateDebt } from './case-lookup.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/** What shows that a duty towards the debtor of one debt was met, or that meeting it failed. */
export interface ProofOrder {
  readonly debtId: string;
  readonly kind: ProofKind;
  /** The day on which it happened. */
  readonly on: IsoDate;
  /** The office's own reference of the letter, message or call. */
  readonly reference: string | null;
  /** The same key is recorded once, however often it is sent. */
  readonly idempotencyKey: string;
  readonly source: string;
}

export interface RecordedProof {
  readonly proofId: string;
  /** False when this key was recorded before and nothing was done now. */
  readonly recorded: boolean;
}

/**
 * Records a proof, in the caller's transaction. Proofs are never changed nor taken back: a rule that needs proof must be
 * able to show afterwards what it passed on. A letter that came back is a proof of its own.
 *
 * @param today the office's today: a day that is yet to come proves nothing
 * @throws Refusal `debt-unknown`, `date-in-future`, or `key-reused` when the key was used for something else
 */
export async function recordProof(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ProofOrder,
  today: IsoDate,
): Promise<RecordedProof> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.on > today) throw new Refusal('date-in-future', `${order.on} is after ${today}, the office's today`);
  const id = randomUUID();
  const key = `${order.source}:${order.idempotencyKey}`;
  const [inserted] = await rows<{ id: string }>(
    manager,
    `insert into cases.proof (id, case_id, debt_id, kind, happened_on, reference, idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (debt_id, idempotency_key) do nothing returning id`,
    [id, debt.caseId, debt.id, order.kind, order.on, order.reference, key, context.actor, context.at],
  );
  if (!inserted) return { proofId: await recordedBefore(manager, order, key), recorded: false };
  await recordChanges(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    {
      caseId: debt.caseId,
      type: 'concord.proof.recorded.v1',
      subjectId: id,
      data: { proofId: id, debtId: debt.id },
    },
  ]);
  return { proofId: id, recorded: true };
}

async function recordedBefore(manager: EntityManager, order: ProofOrder, key: string): Promise<string> {
  const [before] = await rows<{ id: string; kind: string; happened_on: string; reference: string | null }>(
    manager,
    'select id, kind, happened_on, reference from cases.proof where debt_id = $1 and idempotency_key = $2',
    [order.debtId, key],
  );
  if (before!.kind !== order.kind || before!.happened_on !== order.on || before!.reference !== order.reference) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another proof of this debt`);
  }
  return before!.id;
}
