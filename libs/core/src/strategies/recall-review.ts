import type { DataSource, EntityManager } from 'typeorm';
import type { ChangeContext } from '../cases/change-recorder.js';
import { withdrawReferrals } from '../cases/withdraw-referrals.js';
import { rows } from '../database/sql.js';
import { decideRecall } from './domain/recall.js';
import type { Strategy } from './domain/strategy.js';
import { readDueReferrals } from './recall-store.js';
import type { StillHolds } from './strategies-in-force.js';

const BATCH = 1000;

/** Kept with every referral that a strategy takes back. */
export const NO_RESULT = 'nothing was paid for the time that the strategy gives';

/**
 * Takes back the referrals that have brought nothing for as long as their strategies give them, and asks again of the
 * others when they could be taken back next. A partner is told by its position, as of every referral that ends.
 *
 * @param today the office's date
 * @param stillHold asked in each transaction: other strategies are for whoever comes next
 * @returns how many referrals were taken back
 */
export async function recallWithoutResult(
  cases: DataSource,
  context: ChangeContext,
  strategies: readonly Strategy[],
  today: string,
  stillHold: StillHolds = () => Promise.resolve(true),
): Promise<number> {
  let recalled = 0;
  for (;;) {
    const batch = await cases.transaction(async (manager) =>
      (await stillHold(manager)) ? recallBatch(manager, context, strategies, today) : null,
    );
    if (batch === null) return recalled;
    recalled += batch;
  }
}

async function recallBatch(
  manager: EntityManager,
  context: ChangeContext,
  strategies: readonly Strategy[],
  today: string,
): Promise<number | null> {
  const due = await readDueReferrals(manager, context.jurisdictionId, today, BATCH);
  if (due.length === 0) return null;
  const termsOf = new Map(strategies.map(({ id, recall }) => [id, recall]));
  const recalled: string[] = [];
  const later: { id: string; on: string | null }[] = [];
  for (const referral of due) {
    const terms = termsOf.get(referral.strategyId);
    // A strategy that is no more, or that no longer recalls, leaves its referrals where they are.
    const decision = terms && decideRecall(terms, referral, today);
    if (decision?.recall === true) recalled.push(referral.id);
    else later.push({ id: referral.id, on: decision?.nextOn ?? null });
  }
  await rows(
    manager,
    `update cases.referral r set recall_review_on = n."on"
     from jsonb_to_recordset($1::jsonb) as n (id uuid, "on" date) where r.id = n.id`,
    [JSON.stringify(later)],
  );
  await withdrawReferrals(manager, context, recalled, { on: today, reason: NO_RESULT, end: 'recalled' });
  return recalled.length;
}
