import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { lookAtReferrals } from '../positions/looks.js';
import { describeRule } from '../rules/domain/describe.js';
import type { ParameterOverride } from '../rules/domain/parameters.js';
import { RULES } from '../rules/domain/register/index.js';
import { STOPS_BY_ACT } from '../rules/domain/stops-by-act.js';
import { codeOfRules } from './code-of-rules.js';

/** A start that gave up here could never come further: a million debts are marked in one statement. */
const WITHIN_MS = 15 * 60_000;

/**
 * Marks every debt of a connector to be judged where rules, their code, their numbers or the tables of stops are others than when
 * it was last started: else a debt with which nothing happens would stand by what was law before. What begins or ends on a later
 * day needs no start on that day: each debt's next look counts it in.
 */
export async function judgeAnewWhereChanged(
  manager: EntityManager,
  connectorId: string,
  overrides: readonly ParameterOverride[],
): Promise<void> {
  const judgedBy = createHash('sha256')
    .update(JSON.stringify([await codeOfRules(), register(), overrides]))
    .digest('hex');
  const changed = await rows(
    manager,
    `update exchange.connector set judged_by = $2 where id = $1 and judged_by is distinct from $2 returning id`,
    [connectorId, judgedBy],
  );
  if (changed.length === 0) return;
  await rows(manager, `select set_config('statement_timeout', $1, true)`, [String(WITHIN_MS)]);
  await lookAtReferrals(manager, connectorId);
}

function register(): unknown {
  return [RULES.map(describeRule), STOPS_BY_ACT];
}
