import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockCase } from './case-lookup.js';
import type { ChangeContext } from './change-recorder.js';
import { withdrawProof } from './proof-store.js';

/** A proof that was recorded in error: of the wrong debt, with the wrong day, or of what never happened. */
export interface ProofWithdrawal {
  readonly proofId: string;
  readonly reason: string;
}

interface FoundProof {
  readonly caseId: string;
  readonly debtId: string;
  readonly jurisdictionId: string;
  readonly reference: string | null;
  /** Of a letter that Concord made, or of its return. */
  readonly ofNotice: boolean;
}

/**
 * Takes a proof back, with its event, in the caller's transaction: no rule counts it any more, and acts that passed on it
 * alone are blocked from the next judgement on. It stays on record, with who withdrew it and why. Its key stays used.
 *
 * What Concord's own letters prove is taken back with the letter, so that letter, address and proof can't differ.
 *
 * @returns `withdrawn` false when it was withdrawn before, and nothing was done now
 * @throws Refusal `proof-unknown`, or `proof-of-notice`
 */
export async function takeProofBack(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { proofId, reason }: ProofWithdrawal,
): Promise<{ readonly withdrawn: boolean }> {
  const [proof] = await rows<FoundProof>(
    manager,
    `select p.case_id as "caseId", p.debt_id as "debtId", d.jurisdiction_id as "jurisdictionId", p.reference,
            p.idempotency_key like 'notices:%' as "ofNotice"
     from cases.proof p join cases.debt d on d.id = p.debt_id where p.id = $1`,
    [proofId],
  );
  if (!proof) throw new Refusal('proof-unknown', `no proof has the id ${proofId}`);
  const { caseId, debtId, jurisdictionId, reference, ofNotice } = proof;
  if (ofNotice) {
    throw new Refusal(
      'proof-of-notice',
      `it is proof of notice ${reference}, and stands with it: only the return of that notice can be withdrawn`,
    );
  }
  await lockCase(manager, caseId);
  const before = await rows(manager, 'select 1 from cases.proof_withdrawal where proof_id = $1', [proofId]);
  if (before.length > 0) return { withdrawn: false };
  await withdrawProof(manager, { ...context, jurisdictionId }, { id: proofId, caseId, debtId }, reason);
  return { withdrawn: true };
}
