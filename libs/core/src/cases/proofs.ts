import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { locateDebt } from './case-lookup.js';
import type { ChangeContext } from './change-recorder.js';
import { proofDetailFault } from './domain/proof.js';
import type { CaseProofKind, ProofDetails } from './domain/proof.js';
import { insertProofs } from './proof-store.js';

/** What shows that a duty towards the debtor of one debt was met, or that meeting it failed. */
export interface ProofOrder extends ProofDetails {
  readonly debtId: string;
  readonly kind: CaseProofKind;
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
  /** Whether anything in an office of that country looks for the word that it has; left out where it has none. */
  readonly known?: boolean;
}

/**
 * Records a proof, in the caller's transaction. Proofs are never changed: a rule that needs proof must be able to show
 * afterwards what it passed on. A letter that came back is a proof of its own.
 *
 * @param today the office's today: a day that is yet to come proves nothing
 * @throws Refusal `debt-unknown`, `document-unknown`, `date-in-future`, `proof-details` when they do not fit the kind, or
 *   `key-reused` when the key was used for something else
 */
export async function recordProof(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ProofOrder,
  today: IsoDate,
): Promise<RecordedProof> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.on > today) throw new Refusal('date-in-future', `${order.on} is after ${today}, the office's today`);
  const fault = proofDetailFault(order.kind, order);
  if (fault !== null) throw new Refusal('proof-details', fault);
  if (order.documentId !== null) await requireDocument(manager, order.documentId, debt.id);
  const key = `${order.source}:${order.idempotencyKey}`;
  const inserted = await insertProofs(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    { ...order, caseId: debt.caseId, key },
  ]);
  const id = inserted.get(debt.id);
  if (id === undefined) return { proofId: await recordedBefore(manager, order, key), recorded: false };
  return { proofId: id, recorded: true };
}

async function requireDocument(manager: EntityManager, documentId: string, debtId: string): Promise<void> {
  const found = await rows(manager, 'select 1 from cases.document where id = $1 and debt_id = $2', [
    documentId,
    debtId,
  ]);
  if (found.length === 0) throw new Refusal('document-unknown', `no document of this debt has the id ${documentId}`);
}

interface StoredProof {
  readonly id: string;
  readonly kind: string;
  readonly on: IsoDate;
  readonly reference: string | null;
  readonly noticeKind: string | null;
  readonly subject: string | null;
  readonly method: string | null;
  readonly trackingNumber: string | null;
  readonly outcome: string | null;
  readonly documentId: string | null;
}

async function recordedBefore(manager: EntityManager, order: ProofOrder, key: string): Promise<string> {
  const [before] = await rows<StoredProof>(
    manager,
    `select id, kind, happened_on as "on", reference, notice_kind as "noticeKind", subject, method,
            tracking_number as "trackingNumber", outcome, document_id as "documentId"
     from cases.proof where debt_id = $1 and idempotency_key = $2`,
    [order.debtId, key],
  );
  const { id, ...said } = before!;
  if ((Object.keys(said) as (keyof typeof said)[]).some((field) => said[field] !== order[field])) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another proof of this debt`);
  }
  return id;
}
