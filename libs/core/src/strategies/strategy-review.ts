import type { DataSource, EntityManager } from 'typeorm';
import { makeReferrals } from '../cases/referrals.js';
import type { ReferralOrder } from '../cases/referrals.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import { lockShares, readAgencyLoads, sharesAmongAgencies } from './agency-loads-store.js';
import { planReferrals } from './domain/referral-plan.js';
import type { DueDebt, EarlierReferral, PlannedReferral } from './domain/referral-plan.js';
import type { Strategy } from './domain/strategy.js';

const BATCH = 1000;

/**
 * Lets the strategies of a jurisdiction look at every debt whose review is due, and refers those that they choose.
 *
 * @param today the office's date
 * @returns how many referrals were made
 */
export async function reviewDueDebts(
  cases: DataSource,
  context: ChangeContext,
  strategies: readonly Strategy[],
  today: string,
): Promise<number> {
  let made = 0;
  for (;;) {
    const batch = await cases.transaction((manager) => reviewBatch(manager, context, strategies, today));
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
  const due = await dueDebts(manager, context.jurisdictionId, today);
  if (due.length === 0) return null;
  const { referrals, reviews } = planReferrals(
    strategies,
    due,
    await earlierReferrals(manager, due),
    await readAgencyLoads(manager, strategies, today),
    today,
  );
  const made = await makeReferrals(
    manager,
    context,
    referrals.map((referral) => order(referral, today)),
  );
  await rows(
    manager,
    `update cases.debt d set strategy_review_on = r."nextOn"
     from jsonb_to_recordset($1::jsonb) as r ("debtId" uuid, "nextOn" date) where d.id = r."debtId"`,
    [JSON.stringify(reviews)],
  );
  return made.filter((id) => id !== null).length;
}

/**
 * The next debts to look at, locked with their cases, in the order in which they came in: the same debts are shared in the
 * same way everywhere. What someone else changes just now is left for the next turn: every change of a case locks the case
 * before the debt.
 */
function dueDebts(manager: EntityManager, jurisdictionId: string, today: string): Promise<DueDebt[]> {
  return rows<DueDebt>(
    manager,
    `with due as (
       select d.id, d.number, d.type, coalesce(d.delinquent_on, d.incurred_on, d.registered_at::date) as aged_from
       from cases.debt d join cases.case_file c on c.id = d.case_id
       where d.jurisdiction_id = $1 and d.strategy_review_on <= $2
       order by d.number limit ${BATCH} for no key update of c, d skip locked)
     select d.id, d.type, d.aged_from as "agedFrom", coalesce(sum(e.effect_minor), 0) as "balanceMinor"
     from due d left join cases.ledger_entry e on e.debt_id = d.id
     group by d.id, d.number, d.type, d.aged_from
     order by d.number`,
    [jurisdictionId, today],
  );
}

function earlierReferrals(manager: EntityManager, debts: readonly DueDebt[]): Promise<EarlierReferral[]> {
  return rows<EarlierReferral>(
    manager,
    'select debt_id as "debtId", act, connector_id as "connectorId" from cases.referral where debt_id = any($1)',
    [debts.map(({ id }) => id)],
  );
}

function order({ debtId, act, connectorId, strategyId }: PlannedReferral, today: string): ReferralOrder {
  return {
    debtId,
    act,
    connectorId,
    madeBy: 'strategy',
    strategyId,
    exclusiveGroup: exclusiveGroup(act),
    capMinor: null,
    madeOn: today,
    expiresOn: null,
  };
}
