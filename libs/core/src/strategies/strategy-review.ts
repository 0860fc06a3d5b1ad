import type { DataSource, EntityManager } from 'typeorm';
import { makeReferrals } from '../cases/referrals.js';
import type { ReferralOrder } from '../cases/referrals.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { nextReview } from './domain/strategy.js';
import type { Strategy } from './domain/strategy.js';

const BATCH = 1000;

interface Candidate {
  readonly id: string;
  readonly type: string;
  readonly aged_from: string;
  readonly balance_minor: number;
  readonly strategy_review_on: string;
}

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
  const due = await rows<Candidate>(
    manager,
    `with due as (
       select id, type, coalesce(delinquent_on, incurred_on, registered_at::date) as aged_from, strategy_review_on
       from cases.debt
       where jurisdiction_id = $1 and strategy_review_on <= $2
       order by id limit ${BATCH} for update skip locked)
     select d.*, coalesce(sum(e.effect_minor), 0) as balance_minor
     from due d left join cases.ledger_entry e on e.debt_id = d.id
     group by d.id, d.type, d.aged_from, d.strategy_review_on`,
    [context.jurisdictionId, today],
  );
  if (due.length === 0) return null;
  const orders: ReferralOrder[] = [];
  const reviewed = due.map((debt) => {
    const view = { type: debt.type, agedFrom: debt.aged_from, balanceMinor: debt.balance_minor };
    const { chosen, nextOn } = nextReview(strategies, view, today);
    for (const strategy of chosen) {
      for (const connectorId of strategy.connectors) orders.push(order(debt.id, strategy, connectorId, today));
    }
    return { id: debt.id, next_on: nextOn };
  });
  const made = await makeReferrals(manager, context, await withoutEarlier(manager, orders));
  await rows(
    manager,
    `update cases.debt d set strategy_review_on = r.next_on
     from jsonb_to_recordset($1::jsonb) as r (id uuid, next_on date) where d.id = r.id`,
    [JSON.stringify(reviewed)],
  );
  return made.filter((id) => id !== null).length;
}

function order(debtId: string, strategy: Strategy, connectorId: string, today: string): ReferralOrder {
  return {
    debtId,
    act: strategy.act,
    connectorId,
    madeBy: 'strategy',
    strategyId: strategy.id,
    exclusiveGroup: null,
    capMinor: null,
    madeOn: today,
    expiresOn: null,
  };
}

/** What a person withdrew, a strategy does not refer again. */
async function withoutEarlier(manager: EntityManager, orders: readonly ReferralOrder[]): Promise<ReferralOrder[]> {
  if (orders.length === 0) return [];
  const earlier = await rows<{ debt_id: string; act: string; connector_id: string }>(
    manager,
    'select debt_id, act, connector_id from cases.referral where debt_id = any($1)',
    [[...new Set(orders.map(({ debtId }) => debtId))]],
  );
  const key = (debt: string, act: string, connector: string) => `${debt} ${act} ${connector}`;
  const before = new Set(earlier.map((row) => key(row.debt_id, row.act, row.connector_id)));
  return orders.filter(({ debtId, act, connectorId }) => !before.has(key(debtId, act, connectorId)));
}
