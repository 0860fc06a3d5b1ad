import type { DataSource, EntityManager } from 'typeorm';
import { makeReferrals } from '../cases/referrals.js';
import type { ReferralOrder } from '../cases/referrals.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import { lockShares, readAgencyLoads, sharesAmongAgencies } from './agency-loads-store.js';
import { readDueDebts, referralsOf } from './debt-facts-store.js';
import { recallDueOn } from './domain/recall.js';
import { planReferrals } from './domain/referral-plan.js';
import type { PlannedReferral } from './domain/referral-plan.js';
import type { Strategy } from './domain/strategy.js';
import { strategyVersion } from './domain/strategy-version.js';
import type { StillHolds } from './strategies-in-force.js';

const BATCH = 1000;

/**
 * Lets the strategies of a jurisdiction look at every debt whose review is due, and refers those that they choose.
 *
 * @param today the office's date
 * @param stillHold asked in each transaction: other strategies are for whoever comes next
 * @returns how many referrals were made
 */
export async function reviewDueDebts(
  cases: DataSource,
  context: ChangeContext,
  strategies: readonly Strategy[],
  today: string,
  stillHold: StillHolds = () => Promise.resolve(true),
): Promise<number> {
  let made = 0;
  for (;;) {
    const batch = await cases.transaction(async (manager) =>
      (await stillHold(manager)) ? reviewBatch(manager, context, strategies, today) : null,
    );
    if (batch === null) return made;
    made += batch;
  }
}

async function reviewBatch(
  manager: EntityManager,
  context: ChangeContext,
  strategies: readonly Strategy[],
  today: string,
): Promise<number | null> {
  if (sharesAmongAgencies(strategies)) await lockShares(manager, context.jurisdictionId);
  const due = await readDueDebts(manager, context.jurisdictionId, strategies, today, BATCH);
  if (due.length === 0) return null;
  const { referrals, reviews } = planReferrals(
    strategies,
    due,
    referralsOf(due),
    await readAgencyLoads(manager, strategies, today),
    { today, country: await countryOf(manager, context.jurisdictionId) },
  );
  const made = await makeReferrals(manager, context, orders(strategies, referrals, today));
  await rows(
    manager,
    `update cases.debt d set strategy_review_on = r."nextOn"
     from jsonb_to_recordset($1::jsonb) as r ("debtId" uuid, "nextOn" date) where d.id = r."debtId"`,
    [JSON.stringify(reviews)],
  );
  return made.filter((id) => id !== null).length;
}

async function countryOf(manager: EntityManager, jurisdictionId: string): Promise<string> {
  const [office] = await rows<{ country: string }>(manager, 'select country from cases_v1.jurisdiction where id = $1', [
    jurisdictionId,
  ]);
  if (!office) throw new Error(`there is no jurisdiction ${jurisdictionId}`);
  return office.country;
}

function orders(
  strategies: readonly Strategy[],
  referrals: readonly PlannedReferral[],
  today: string,
): readonly ReferralOrder[] {
  const kept = new Map(
    strategies.map((strategy) => [
      strategy.id,
      {
        strategyVersion: strategyVersion(strategy),
        recallReviewOn: strategy.recall === undefined ? null : recallDueOn(strategy.recall, today),
      },
    ]),
  );
  return referrals.map(({ debtId, act, connectorId, strategyId }) => ({
    debtId,
    act,
    connectorId,
    madeBy: 'strategy',
    strategyId,
    exclusiveGroup: exclusiveGroup(act),
    capMinor: null,
    madeOn: today,
    expiresOn: null,
    ...kept.get(strategyId),
  }));
}
