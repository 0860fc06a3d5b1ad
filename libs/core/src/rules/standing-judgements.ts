import { ADVERSITY } from '@concord/plugin-sdk';
import type { Decision, PositionState, Reason } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { groupBy } from '../positions/grouping.js';
import { decide } from './domain/strictness.js';

/** Blocks that no rule of law makes: a plugin that failed, and a number that is another debt's at the partner. */
const NO_RULES: readonly string[] = ['PLUGIN', 'REFERENCE'];

/** What stands for a debt that was not judged yet, or that passed and whose plugin wanted nothing of it. */
export const NOT_JUDGED: Decision = decide([
  {
    rule: 'NOT-JUDGED',
    outcome: 'block',
    reason: 'No judgement of this debt is on record: it is new, or it passed and the connector wanted nothing of it.',
    citation: null,
    earliestOn: null,
  },
]);

interface BlockRow extends Reason {
  readonly debtId: string;
}

/**
 * The most that a partner may hold of each debt, over all positions of it.
 *
 * @returns by debt; none where the debt never had a position
 */
export async function readHeld(
  on: Queryable,
  connectorId: string,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, PositionState>> {
  const found = await rows<{ debtId: string; state: PositionState }>(
    on,
    `select subject_id as "debtId", coalesce(presumed_state, 'absent') as state from exchange_v1.position
     where connector_id = $1 and subject_kind = 'debt' and subject_id = any($2)`,
    [connectorId, debtIds],
  );
  const held = new Map<string, PositionState>();
  for (const { debtId, state } of found) {
    const most = held.get(debtId);
    if (most === undefined || ADVERSITY[state] > ADVERSITY[most]) held.set(debtId, state);
  }
  return held;
}

/**
 * What was said of debts when they were judged last, as it is kept: of each rule the strictest outcome.
 *
 * @param held by debt, the debts that have positions
 * @returns by debt; none where nothing is on record of a judgement
 */
export async function readLastDecisions(
  on: Queryable,
  connectorId: string,
  debtIds: readonly string[],
  held: ReadonlyMap<string, PositionState>,
): Promise<ReadonlyMap<string, Decision>> {
  const found = await rows<BlockRow>(
    on,
    `select subject_id as "debtId", rule, outcome, reason, citation, earliest_on as "earliestOn", missing
     from exchange_v1.block where connector_id = $1 and subject_id = any($2) and until is null order by rule`,
    [connectorId, debtIds],
  );
  const blocks = groupBy(found, ({ debtId }) => debtId);
  const judged = debtIds.filter((id) => blocks.has(id) || held.has(id));
  return new Map(judged.map((id) => [id, decide((blocks.get(id) ?? []).filter(isOfRules).map(reasonOf))]));
}

function isOfRules({ rule }: Reason): boolean {
  return !NO_RULES.includes(rule);
}

function reasonOf({ debtId: _debtId, ...reason }: BlockRow): Reason {
  return reason;
}

/** The same of a judgement that was just made, so that the two can be compared. */
export function asKept({ reasons }: Decision): Decision {
  // A decision lists the strictest first.
  return decide([...groupBy(reasons, ({ rule }) => rule).values()].flatMap(([strictest]) => strictest ?? []));
}
