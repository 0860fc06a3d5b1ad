import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';
import type { CaseProofKind, ProofDetails } from './domain/proof.js';

/** A proof to be written. */
export interface NewProof extends ProofDetails {
  readonly caseId: string;
  readonly debtId: string;
  readonly kind: CaseProofKind;
  readonly on: IsoDate;
  readonly reference: string | null;
  /** Of a notice that came back: why. */
  readonly returnedReason?: string;
  /** Unique in the debt, with the source before it. */
  readonly key: string;
}

/**
 * Writes proofs, each with its event, in the caller's transaction. What a debt has under the same key stays as it is.
 *
 * @param proofs one a debt
 * @returns the ids of those that were written, by debt
 */
export async function insertProofs(
  manager: EntityManager,
  context: ChangeContext,
  proofs: readonly NewProof[],
): Promise<ReadonlyMap<string, string>> {
  const inserted = await rows<{ id: string; caseId: string; debtId: string }>(
    manager,
    `insert into cases.proof (id, case_id, debt_id, kind, happened_on, reference, idempotency_key, notice_kind, subject, method,
       tracking_number, outcome, document_id, returned_reason, actor, recorded_at)
     select id, "caseId", "debtId", kind, "on", reference, key, "noticeKind", subject, method, "trackingNumber", outcome,
            "documentId", "returnedReason", $2, $3
     from jsonb_to_recordset($1::jsonb) as p (id uuid, "caseId" uuid, "debtId" uuid, kind text, "on" date,
       reference text, key text, "noticeKind" text, subject text, method text, "trackingNumber" text, outcome text, "documentId" uuid,
       "returnedReason" text)
     on conflict (debt_id, idempotency_key) do nothing
     returning id, case_id as "caseId", debt_id as "debtId"`,
    [JSON.stringify(proofs.map((proof) => ({ id: randomUUID(), ...proof }))), context.actor, context.at],
  );
  await recordChanges(
    manager,
    context,
    inserted.map(({ id, caseId, debtId }) => ({
      caseId,
      type: 'concord.proof.recorded.v1' as const,
      subjectId: id,
      data: { proofId: id, debtId },
    })),
  );
  return new Map(inserted.map(({ id, debtId }) => [debtId, id]));
}

/**
 * Says of a proof that it was recorded in error, with its event, in the caller's transaction, which holds the lock of its
 * case. The proof stays on record, with who withdrew it and why.
 */
export async function withdrawProof(
  manager: EntityManager,
  context: ChangeContext,
  { id, caseId, debtId }: { readonly id: string; readonly caseId: string; readonly debtId: string },
  reason: string,
): Promise<void> {
  await rows(
    manager,
    'insert into cases.proof_withdrawal (proof_id, reason, actor, recorded_at) values ($1, $2, $3, $4)',
    [id, reason, context.actor, context.at],
  );
  await recordChanges(manager, context, [
    { caseId, type: 'concord.proof.withdrawn.v1', subjectId: id, data: { proofId: id, debtId } },
  ]);
}
