import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { ReferralEnd } from '../strategies/domain/strategy.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/**
 * Ends referrals that are in force, all at once, in the caller's transaction: what stands on them must be released. The
 * strategies look at their debts again, since another may refer them. Those that are over are passed by.
 *
 * @returns the ids of those that were ended
 */
export async function withdrawReferrals(
  manager: EntityManager,
  context: ChangeContext,
  referralIds: readonly string[],
  { on, reason, end }: { readonly on: string; readonly reason: string; readonly end: ReferralEnd },
): Promise<string[]> {
  if (referralIds.length === 0) return [];
  // Whoever writes referrals holds the case first.
  const ended = await rows<{ id: string; case_id: string; debt_id: string; connector_id: string }>(
    manager,
    `with held as materialized (
       select r.id from cases.referral r join cases.case_file c on c.id = r.case_id
       where r.id = any($1) and c.jurisdiction_id = $5 order by c.id for no key update of c)
     update cases.referral r
     set withdrawn_on = greatest(r.made_on, $2::date), withdrawn_reason = $3, end_kind = $4, recall_review_on = null
     from held where r.id = held.id and r.withdrawn_on is null
     returning r.id, r.case_id, r.debt_id, r.connector_id`,
    [referralIds, on, reason, end, context.jurisdictionId],
  );
  await lookAgain(
    manager,
    ended.map(({ debt_id }) => debt_id),
    on,
  );
  await recordChanges(
    manager,
    context,
    ended.map(({ id, case_id, debt_id, connector_id }) => ({
      caseId: case_id,
      type: 'concord.referral.withdrawn.v1' as const,
      subjectId: id,
      data: { referralId: id, debtId: debt_id, connectorId: connector_id },
    })),
  );
  return ended.map(({ id }) => id);
}

/** Has the strategies look at debts again, from a day on at the latest. */
export async function lookAgain(manager: EntityManager, debtIds: readonly string[], on: string): Promise<void> {
  await rows(
    manager,
    'update cases.debt set strategy_review_on = least(strategy_review_on, $2::date) where id = any($1)',
    [debtIds, on],
  );
}
