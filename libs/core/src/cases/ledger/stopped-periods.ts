import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { FrozenPeriod } from '../domain/interest/terms.js';
import { reachingStops } from '../reaching-stops.sql.js';

export interface PeriodRow extends FrozenPeriod {
  readonly debt_id: string;
}

/**
 * Days on which stops of some kinds reached debts, whatever party or case they were placed on. A stop counts until the day
 * before it was lifted. An arrangement counts while it is in force.
 *
 * @param kinds kinds of stops by type of debt
 */
export function stoppedPeriods(
  on: Queryable,
  debtIds: readonly string[],
  kinds: Readonly<Record<string, readonly string[]>>,
): Promise<PeriodRow[]> {
  return rows<PeriodRow>(
    on,
    `with debts as (select id, case_id, type from cases.debt where id = any($1))
     select d.id as debt_id, s.starts_on as "from", least(s.ends_on, s.lifted_on - 1) as "to"
     from (${reachingStops('debts')}) r
     join debts d on d.id = r.debt_id join cases.stop s on s.id = r.stop_id
     where $2::jsonb -> d.type ? s.kind
     union all
     select d.id, a.agreed_on, a.ended_on - 1
     from debts d join cases.arrangement_debt ad on ad.debt_id = d.id join cases.arrangement a on a.id = ad.arrangement_id
     where $2::jsonb -> d.type ? 'arrangement'`,
    [debtIds, JSON.stringify(kinds)],
  );
}

/** @returns periods by debt; none where there are none, or where they end before they begin */
export function byDebt(periods: readonly PeriodRow[]): ReadonlyMap<string, FrozenPeriod[]> {
  const found = new Map<string, FrozenPeriod[]>();
  for (const { debt_id, from, to } of periods) {
    if (to !== null && to < from) continue;
    found.set(debt_id, [...(found.get(debt_id) ?? []), { from, to }]);
  }
  return found;
}
