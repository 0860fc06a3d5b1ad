import type { EntityManager } from 'typeorm';
import { affected, rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { Strategy } from './domain/strategy.js';
import { strategyVersion } from './domain/strategy-version.js';
import type { StrategyPreview } from './domain/preview-tally.js';

/** A content of a strategy that is in force or waits for a person. */
export interface StoredVersion {
  readonly strategyId: string;
  readonly version: string;
  readonly content: Strategy;
  readonly state: 'held' | 'in-force';
  /** What it would have done when it was looked at; null where nobody asked. */
  readonly effect: StrategyPreview | null;
  readonly recordedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

/** Who decides about a version, when and why. */
export interface VersionDecision {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** Before every referral. */
const FIRST_REFERRAL = '00000000-0000-0000-0000-000000000000';

/** What is in force and what is held in an office, by strategy. */
export function readVersions(on: Queryable, jurisdictionId: string): Promise<StoredVersion[]> {
  return rows<StoredVersion>(
    on,
    `select strategy_id as "strategyId", version, content, state, effect, recorded_at as "recordedAt",
            decided_by as "decidedBy", decided_at as "decidedAt", reason
     from cases.strategy_version where jurisdiction_id = $1 and state in ('held', 'in-force')
     order by strategy_id, state`,
    [jurisdictionId],
  );
}

/** Lets one process at a time decide about the strategies of an office, until the caller's transaction ends. */
export async function lockVersions(manager: EntityManager, jurisdictionId: string): Promise<void> {
  await rows(manager, `select pg_advisory_xact_lock(hashtext('strategy versions ' || $1))`, [jurisdictionId]);
}

/** Lets no content come into force or end in an office, until the caller's transaction ends. Many may hold it at once. */
export async function shareVersions(manager: EntityManager, jurisdictionId: string): Promise<void> {
  await rows(manager, `select pg_advisory_xact_lock_shared(hashtext('strategy versions ' || $1))`, [jurisdictionId]);
}

/**
 * Puts contents into force where an office had no strategies yet, so that there is nothing that they could surprise. What
 * the strategies referred before they had versions stays as it is.
 */
export async function adoptStrategies(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  at: Date,
): Promise<void> {
  await rows(
    manager,
    `insert into cases.strategy_version (jurisdiction_id, strategy_id, version, content, state, recorded_at, decided_by,
       decided_at, reason)
     select $1, v.id, v.version, v.content, 'in-force', $3, 'configuration', $3, 'the first configuration'
     from jsonb_to_recordset($2::jsonb) as v (id text, version text, content jsonb)
     on conflict do nothing`,
    [jurisdictionId, JSON.stringify(strategies.map(versioned)), at],
  );
}

/** Keeps a content for a person to decide about, instead of the one that was kept before. */
export async function holdVersion(
  manager: EntityManager,
  jurisdictionId: string,
  strategy: Strategy,
  effect: StrategyPreview,
  at: Date,
): Promise<void> {
  await supersede(manager, jurisdictionId, strategy.id, ['held'], {
    by: 'configuration',
    at,
    reason: 'the configuration was changed again',
  });
  await rows(
    manager,
    `insert into cases.strategy_version (jurisdiction_id, strategy_id, version, content, state, effect, recorded_at)
     select $1, v.id, v.version, v.content, 'held', $3, $4
     from jsonb_to_recordset($2::jsonb) as v (id text, version text, content jsonb)`,
    [jurisdictionId, JSON.stringify([versioned(strategy)]), JSON.stringify(effect), at],
  );
}

/** Ends what a strategy said, in these states. @returns how many contents that were */
export function supersede(
  manager: EntityManager,
  jurisdictionId: string,
  strategyId: string,
  states: readonly StoredVersion['state'][],
  { by, at, reason }: VersionDecision,
): Promise<number> {
  return affected(
    manager,
    `update cases.strategy_version set state = 'superseded', decided_by = $4, decided_at = $5, reason = $6
     where jurisdiction_id = $1 and strategy_id = $2 and state = any($3)`,
    [jurisdictionId, strategyId, states, by, at, reason],
  );
}

/**
 * Puts a content into force. Every debt of its types is to be looked at again, and every referral of the strategy where it
 * recalls: the next review marks them, as there may be a million.
 */
export async function putInForce(
  manager: EntityManager,
  jurisdictionId: string,
  strategy: Strategy,
  decision: VersionDecision & { readonly effect: StrategyPreview | null },
): Promise<void> {
  const { by, at, reason, effect } = decision;
  await supersede(manager, jurisdictionId, strategy.id, ['in-force', 'held'], { by, at, reason });
  await rows(
    manager,
    `insert into cases.strategy_version (jurisdiction_id, strategy_id, version, content, state, effect, recorded_at,
       decided_by, decided_at, reason, debts_marked_to, referrals_marked_to)
     select $1, v.id, v.version, v.content, 'in-force', $3, $4, $5, $4, $6, 0, $7::uuid
     from jsonb_to_recordset($2::jsonb) as v (id text, version text, content jsonb)`,
    [
      ...[jurisdictionId, JSON.stringify([versioned(strategy)]), effect === null ? null : JSON.stringify(effect)],
      ...[at, by, reason, strategy.recall === undefined ? null : FIRST_REFERRAL],
    ],
  );
}

function versioned(strategy: Strategy) {
  return { id: strategy.id, version: strategyVersion(strategy), content: strategy };
}
