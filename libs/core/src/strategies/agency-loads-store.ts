import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { AgencyLoads } from './domain/agency-loads.js';
import type { ReferralCount } from './domain/agency-loads.js';
import type { Strategy } from './domain/strategy.js';

/** Whether the choice of a strategy depends on what the agencies hold. */
export function sharesAmongAgencies(strategies: readonly Strategy[]): boolean {
  return strategies.some(({ oneOf }) => oneOf !== undefined);
}

/**
 * Lets one review of a jurisdiction at a time count and refer, until the caller's transaction ends: two that counted
 * side by side would both fill the last place.
 */
export async function lockShares(manager: EntityManager, jurisdictionId: string): Promise<void> {
  await rows(manager, `select pg_advisory_xact_lock(hashtext('agency shares ' || $1))`, [jurisdictionId]);
}

/**
 * What the agencies of the strategies hold. A debt that is paid and was taken back from them takes up no room, though its
 * referral is still in force. An agency whose connector is off or retiring takes nothing new: what was
 * referred to it would lie there, and no other agency could be given it.
 *
 * @param today the office's date; a referral counts to the end of the day on which it expires
 */
export async function readAgencyLoads(
  manager: EntityManager,
  strategies: readonly Strategy[],
  today: string,
): Promise<AgencyLoads> {
  const agencies = [...new Set(strategies.flatMap(({ oneOf }) => oneOf ?? []).map(({ connector }) => connector))];
  if (agencies.length === 0) return new AgencyLoads([], new Set());
  const counts = await rows<ReferralCount>(
    manager,
    `select connector_id as "connectorId", strategy_id as "strategyId", count(*) as "inForce"
     from cases.referral r
     where connector_id = any($1) and withdrawn_on is null and (expires_on is null or expires_on >= $2)
       and not exists (
         select 1 from exchange_v1.placement p
         where p.connector_id = r.connector_id and p.subject_id = r.debt_id and p.ended
           and (select sum(effect_minor) from cases.ledger_entry e where e.debt_id = r.debt_id) <= 0)
     group by connector_id, strategy_id`,
    [agencies, today],
  );
  const closed = await rows<{ id: string }>(
    manager,
    `select id from exchange_v1.connector where id = any($1) and mode in ('off', 'retiring')`,
    [agencies],
  );
  return new AgencyLoads(counts, new Set(closed.map(({ id }) => id)));
}
