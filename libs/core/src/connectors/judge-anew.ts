import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { lookAtReferrals } from '../positions/looks.js';

/** A start that gave up here could never come further: a million debts are marked in one statement. */
const WITHIN_MS = 15 * 60_000;

/**
 * Marks every debt of a connector to be judged where it is judged by something else than when it was last started: else a debt
 * with which nothing happens would stand by what was law before. What begins or ends on a later day needs no start on that day:
 * each debt's next look counts it in. Both is done or neither: a start that dies in between leaves all of it to the next one.
 *
 * Processes that were started before judge none of them any more (`refuseOtherRules`): what they cleared away would stay as they
 * judged it.
 *
 * @param judgedBy what this process judges by, as a hash
 */
export async function judgeAnewWhereChanged(
  manager: EntityManager,
  connectorId: string,
  judgedBy: string,
): Promise<void> {
  // Also where another process is marking: its start is waited for.
  await rows(manager, `select set_config('statement_timeout', $1, true)`, [String(WITHIN_MS)]);
  const changed = await rows(
    manager,
    `update exchange.connector set judged_by = $2 where id = $1 and judged_by is distinct from $2 returning id`,
    [connectorId, judgedBy],
  );
  if (changed.length > 0) await lookAtReferrals(manager, connectorId);
}
