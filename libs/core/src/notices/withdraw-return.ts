import type { EntityManager } from 'typeorm';
import type { ChangeContext } from '../cases/change-recorder.js';
import { lockCases } from '../cases/lock-cases.js';
import { withdrawProof } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import { changesOfParties, holdParties } from '../parties/party-group.js';
import { partiesOfReturnedMail, withdrawReturnedMail } from '../parties/returned-mail.js';
import { Refusal } from '../platform/errors.js';
import { readNotice } from './return-notice.js';

/** A return that was recorded in error: of the wrong letter, with the wrong day or reason. */
export interface WithdrawalOrder {
  readonly noticeId: string;
  readonly reason: string;
}

/**
 * Takes back that a letter came back, with its event: it is a posted letter again, the proof of its return shows nothing any
 * more, and its address is as if it had never been marked by it, also with those who were the same party then. All of it
 * stays on record. In the caller's transaction.
 *
 * @throws Refusal `notice-unknown`, or `notice-not-returned` when it was never recorded that it came back
 */
export async function withdrawReturn(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { noticeId, reason }: WithdrawalOrder,
): Promise<{ readonly withdrawn: boolean }> {
  const seen = await readNotice(manager, noticeId);
  const marked = seen.returnedProof === null ? [] : await partiesOfReturnedMail(manager, seen.returnedProof);
  const held = await holdParties(manager, [seen.partyId, ...marked]);
  const told = await changesOfParties(manager, held);
  await lockCases(manager, [seen.caseId, ...told.map(({ caseId }) => caseId)]);
  const { state, returnedProof, jurisdictionId, caseId, debtId, number } = await readNotice(manager, noticeId);
  if (state === 'posted' && (await wasWithdrawn(manager, debtId, number))) return { withdrawn: false };
  if (returnedProof === null) throw new Refusal('notice-not-returned', `the notice is ${state}`);
  // Withdrawn and returned once more while this waited: that return is not the one that was meant.
  if (returnedProof !== seen.returnedProof) throw new Refusal('notice-not-returned', 'it came back just now');
  await rows(
    manager,
    `update cases.notice set state = 'posted', returned_on = null, returned_reason = null, returned_proof = null
     where id = $1`,
    [noticeId],
  );
  await withdrawProof(manager, { ...context, jurisdictionId }, { id: returnedProof, caseId, debtId }, reason);
  await withdrawReturnedMail(manager, context, returnedProof);
  return { withdrawn: true };
}

async function wasWithdrawn(manager: EntityManager, debtId: string, number: number): Promise<boolean> {
  const found = await rows(
    manager,
    `select 1 from cases.proof p join cases.proof_withdrawal w on w.proof_id = p.id
     where p.debt_id = $1 and p.kind = 'notice-returned' and p.reference = $2 limit 1`,
    [debtId, String(number)],
  );
  return found.length > 0;
}
