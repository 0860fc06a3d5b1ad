import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { recordChanges } from '../change-recorder.js';
import { lookAgain } from '../withdraw-referrals.js';
import type { FindingsPart } from './findings-part.js';

/**
 * A partner that gives a debt back has ended its referral: it would otherwise be placed there again with the next payment.
 * Whether and to whom it is referred next is proposed to a person; a strategy for second referrals may be faster.
 */
export async function endReturnedReferrals(manager: EntityManager, part: FindingsPart): Promise<void> {
  const ended = await rows<{ id: string; case_id: string; debt_id: string; ended_on: string }>(
    manager,
    `update cases.referral r set withdrawn_on = greatest(r.made_on, f.business_date),
       withdrawn_reason = 'the partner returned it', end_kind = 'returned', recall_review_on = null
     from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.kind = 'placement-returned' and f.status = 'applied'
       and r.debt_id = f.subject_id and r.connector_id = $4 and r.withdrawn_on is null
     returning r.id, r.case_id, r.debt_id, r.withdrawn_on as ended_on`,
    [part.exchangeId, part.first, part.last, part.connectorId],
  );
  const [firstEndOn] = ended.map(({ ended_on }) => ended_on).sort();
  if (firstEndOn !== undefined) {
    await lookAgain(
      manager,
      ended.map(({ debt_id }) => debt_id),
      firstEndOn,
    );
  }
  await recordChanges(
    manager,
    part.context,
    ended.map(({ id, case_id, debt_id }) => ({
      caseId: case_id,
      type: 'concord.referral.withdrawn.v1' as const,
      subjectId: id,
      data: { referralId: id, debtId: debt_id, connectorId: part.connectorId },
    })),
  );
}
