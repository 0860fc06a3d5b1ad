import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Act } from '@concord/plugin-sdk';
import { affected, rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';
import { lookAgain } from './withdraw-referrals.js';

/** A decision that one act may be done on one debt through one connector. */
export interface ReferralOrder {
  readonly debtId: string;
  readonly act: Act;
  readonly connectorId: string;
  /** `adoption`: the connector's partner held the debt already when the office went live. */
  readonly madeBy: 'officer' | 'strategy' | 'adoption';
  readonly strategyId: string | null;
  /** Which content the strategy had. */
  readonly strategyVersion?: string | null;
  /** When the strategy asks first whether it takes the debt back; null or left out for never. */
  readonly recallReviewOn?: string | null;
  /** Debts are referred to one connector of a group at a time; null where several may act side by side. */
  readonly exclusiveGroup: string | null;
  readonly capMinor: number | null;
  readonly madeOn: string;
  readonly expiresOn: string | null;
}

interface Located extends ReferralOrder {
  readonly id: string;
  readonly caseId: string;
  readonly place: number;
}

/**
 * Makes referrals, in the caller's transaction. An order whose debt is already referred to the connector for the act, or
 * to another connector of its exclusive group, makes none; of several such orders at once the first is made.
 *
 * @returns the referral's id, or null where none was made, in the order of the orders
 */
export async function makeReferrals(
  manager: EntityManager,
  context: ChangeContext,
  orders: readonly ReferralOrder[],
): Promise<(string | null)[]> {
  const debts = await rows<{ id: string; case_id: string }>(
    manager,
    // Whoever writes referrals holds the case first, so that two writers wait for each other there and nowhere else.
    `select d.id, d.case_id from cases.debt d join cases.case_file c on c.id = d.case_id
     where d.id = any($1) and d.jurisdiction_id = $2
     order by c.id for no key update of c`,
    [[...new Set(orders.map(({ debtId }) => debtId))], context.jurisdictionId],
  );
  const caseOf = new Map(debts.map(({ id, case_id }) => [id, case_id]));
  const located = orders.map((order, place): Located => {
    const caseId = caseOf.get(order.debtId);
    if (!caseId) throw new Refusal('debt-unknown', `no debt of ${context.jurisdictionId} has the id ${order.debtId}`);
    return { ...order, id: randomUUID(), caseId, place };
  });
  // An expired referral is over, whether or not anyone withdrew it.
  await rows(
    manager,
    `update cases.referral r set withdrawn_on = r.expires_on, withdrawn_reason = 'expired',
       end_kind = 'expired'
     from jsonb_to_recordset($1::jsonb) as n ("debtId" uuid, act text, "exclusiveGroup" text, "madeOn" date)
     where r.debt_id = n."debtId" and (r.act = n.act or r.exclusive_group = n."exclusiveGroup")
       and r.withdrawn_on is null and r.expires_on < n."madeOn"`,
    [JSON.stringify(located)],
  );
  const inserted = await rows<{ id: string }>(
    manager,
    `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, strategy_id, exclusive_group,
       cap_minor, made_on, expires_on, actor, recorded_at, strategy_version, recall_review_on)
     select id, "caseId", "debtId", act, "connectorId", "madeBy", "strategyId", "exclusiveGroup", "capMinor", "madeOn",
       "expiresOn", $2, $3, "strategyVersion", "recallReviewOn"
     from jsonb_to_recordset($1::jsonb) as r (id uuid, "caseId" uuid, "debtId" uuid, act text, "connectorId" text,
       "madeBy" text, "strategyId" text, "exclusiveGroup" text, "capMinor" bigint, "madeOn" date, "expiresOn" date,
       "strategyVersion" text, "recallReviewOn" date, place integer)
     order by place
     on conflict do nothing returning id`,
    [JSON.stringify(located), context.actor, context.at],
  );
  const made = new Set(inserted.map(({ id }) => id));
  await recordChanges(
    manager,
    context,
    located
      .filter(({ id }) => made.has(id))
      .map(({ id, caseId, debtId, connectorId }) => ({
        caseId,
        type: 'concord.referral.made.v1' as const,
        subjectId: id,
        data: { referralId: id, debtId, connectorId },
      })),
  );
  return located.map(({ id }) => (made.has(id) ? id : null));
}

/**
 * Where a debt is referred already, so that an order made no referral: the connector itself or, in an exclusive group,
 * the one that has the debt. Null where nothing is in the way any more.
 */
export async function referredTo(
  manager: EntityManager,
  { debtId, act, connectorId, exclusiveGroup }: ReferralOrder,
): Promise<string | null> {
  const [standing] = await rows<{ connector_id: string }>(
    manager,
    `select connector_id from cases.referral
     where debt_id = $1 and withdrawn_on is null and ((act = $2 and connector_id = $3) or exclusive_group = $4)
     order by connector_id = $3 desc limit 1`,
    [debtId, act, connectorId, exclusiveGroup],
  );
  return standing?.connector_id ?? null;
}

/**
 * Withdraws a referral, in the caller's transaction: what stands on it must be released. Again changes nothing.
 *
 * @throws Refusal `referral-unknown`
 */
export async function withdrawReferral(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  referralId: string,
  withdrawal: { readonly on: string; readonly reason: string },
): Promise<{ readonly withdrawn: boolean }> {
  const [referral] = await rows<{ case_id: string; debt_id: string; connector_id: string; jurisdiction_id: string }>(
    manager,
    `select r.case_id, r.debt_id, r.connector_id, c.jurisdiction_id
     from cases.referral r join cases.case_file c on c.id = r.case_id where r.id = $1 for no key update of c`,
    [referralId],
  );
  if (!referral) throw new Refusal('referral-unknown', `no referral has the id ${referralId}`);
  const withdrawn = await affected(
    manager,
    `update cases.referral set withdrawn_on = $2, withdrawn_reason = $3, end_kind = 'withdrawn', recall_review_on = null
     where id = $1 and withdrawn_on is null`,
    [referralId, withdrawal.on, withdrawal.reason],
  );
  if (withdrawn === 0) return { withdrawn: false };
  await lookAgain(manager, [referral.debt_id], withdrawal.on);
  await recordChanges(manager, { ...context, jurisdictionId: referral.jurisdiction_id }, [
    {
      caseId: referral.case_id,
      type: 'concord.referral.withdrawn.v1',
      subjectId: referralId,
      data: { referralId, debtId: referral.debt_id, connectorId: referral.connector_id },
    },
  ]);
  return { withdrawn: true };
}
