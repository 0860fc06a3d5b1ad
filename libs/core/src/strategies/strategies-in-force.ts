import type { DataSource, EntityManager } from 'typeorm';
import { readOnly } from '../database/read-only.js';
import type { StrategyPreview } from './domain/preview-tally.js';
import type { Strategy } from './domain/strategy.js';
import { strategyVersion } from './domain/strategy-version.js';
import { isSurprising, SURPRISING_SHARE } from './domain/surprise.js';
import { previewStrategies } from './strategy-preview.js';
import type { PreviewOffice } from './strategy-preview.js';
import {
  holdVersion,
  lockVersions,
  putInForce,
  readVersions,
  shareVersions,
  supersede,
} from './strategy-version-store.js';
import type { StoredVersion } from './strategy-version-store.js';

/** How many debts the effect of a change names. */
const EXAMPLES = 5;

interface Changed {
  readonly strategy: Strategy;
  readonly effect: StrategyPreview;
  readonly surprising: boolean;
}

/**
 * The strategies that hold in an office, in the order of its configuration. A content that the configuration has changed
 * comes into force here, unless it would refer or recall a surprising number of debts: then it is held for a person, and what
 * was in force stays so. A strategy that is configured no more is in force no more.
 *
 * @param configured what the office's configuration says
 * @param at the instant under which changes are recorded
 * @param onHeld told of each content that is held from now on
 */
export async function strategiesInForce(
  gateway: DataSource,
  office: PreviewOffice,
  configured: readonly Strategy[],
  at: Date,
  onHeld: (effect: StrategyPreview) => void = () => undefined,
): Promise<Strategy[]> {
  const { jurisdictionId } = office;
  const stored = await readVersions(gateway, jurisdictionId);
  if (!isSettled(configured, stored)) {
    const changed: Changed[] = [];
    for (const strategy of configured) {
      if (isNew(strategy, stored)) changed.push(await weigh(gateway, office, configured, strategy, stored));
    }
    for (const effect of await settle(gateway, office, configured, changed, at)) onHeld(effect);
    return inOrder(configured, await readVersions(gateway, jurisdictionId));
  }
  return inOrder(configured, stored);
}

/** The contents in force of the configured strategies; what is configured and was never in force is left out. */
export function inOrder(configured: readonly Strategy[], stored: readonly StoredVersion[]): Strategy[] {
  const contents = new Map(
    stored.flatMap((each) => (each.state === 'in-force' ? [[each.strategyId, each.content]] : [])),
  );
  return configured.flatMap(({ id }) => contents.get(id) ?? []);
}

/** The same with what is held in the place of what is in force: how it would be if a person applied all of it. */
export function withHeld(configured: readonly Strategy[], stored: readonly StoredVersion[]): Strategy[] {
  const content = (id: string, state: StoredVersion['state']) =>
    stored.find((each) => each.strategyId === id && each.state === state)?.content;
  return configured.flatMap(({ id }) => content(id, 'held') ?? content(id, 'in-force') ?? []);
}

/** Whether what somebody acts by still holds, and goes on to hold until the transaction ends. */
export type StillHolds = (manager: EntityManager) => Promise<boolean>;

/**
 * Whether these contents are what is in force. Asked at the beginning of a transaction, before anything is locked: no other
 * comes into force until its end.
 */
export function stillInForce(
  jurisdictionId: string,
  configured: readonly Strategy[],
  strategies: readonly Strategy[],
): StillHolds {
  const versions = strategies.map(strategyVersion).join();
  return async (manager) => {
    await shareVersions(manager, jurisdictionId);
    const now = inOrder(configured, await readVersions(manager, jurisdictionId));
    return now.map(strategyVersion).join() === versions;
  };
}

/** A content that is neither in force nor held. */
function isNew(strategy: Strategy, stored: readonly StoredVersion[]): boolean {
  const version = strategyVersion(strategy);
  return !stored.some((each) => each.strategyId === strategy.id && each.version === version);
}

function isSettled(configured: readonly Strategy[], stored: readonly StoredVersion[]): boolean {
  const versions = new Map(configured.map((strategy) => [strategy.id, strategyVersion(strategy)]));
  return (
    configured.every((strategy) => !isNew(strategy, stored)) &&
    stored.every(({ strategyId, state, version }) => {
      const wanted = versions.get(strategyId);
      const waiting = stored.some((each) => each.strategyId === strategyId && each.state === 'held');
      return wanted !== undefined && (version === wanted || (state === 'in-force' && waiting));
    })
  );
}

async function weigh(
  gateway: DataSource,
  office: PreviewOffice,
  configured: readonly Strategy[],
  strategy: Strategy,
  stored: readonly StoredVersion[],
): Promise<Changed> {
  const before = stored.find(({ strategyId, state }) => strategyId === strategy.id && state === 'in-force');
  // Alone among what is in force: each change is answered for by itself.
  const others = inOrder(configured, stored);
  const proposed = configured.flatMap(({ id }) =>
    id === strategy.id ? [strategy] : others.filter((other) => other.id === id),
  );
  const previews = await readOnly(gateway, (manager) => previewStrategies(manager, office, proposed, EXAMPLES));
  const effect = previews.find(({ strategyId }) => strategyId === strategy.id)!;
  const nothingOwed = effect.leftOut.find(({ reason }) => reason === 'nothing-owed')?.debts ?? 0;
  const change = {
    referred: effect.referred.debts,
    recalled: effect.recalled.debts,
    owed: effect.debts - nothingOwed,
  };
  const share = (before?.content ?? strategy).surprisingShare ?? SURPRISING_SHARE;
  return { strategy, effect, surprising: isSurprising(change, share) };
}

/** @returns what was held, by what it would do */
async function settle(
  gateway: DataSource,
  { jurisdictionId }: PreviewOffice,
  configured: readonly Strategy[],
  changed: readonly Changed[],
  at: Date,
): Promise<StrategyPreview[]> {
  return gateway.transaction(async (manager) => {
    const held: StrategyPreview[] = [];
    await lockVersions(manager, jurisdictionId);
    const stored = await readVersions(manager, jurisdictionId);
    const decision = { by: 'configuration', at };
    for (const { strategy, effect, surprising } of changed) {
      // Another process may have been faster.
      if (!isNew(strategy, stored)) continue;
      if (surprising) {
        await holdVersion(manager, jurisdictionId, strategy, effect, at);
        held.push(effect);
      } else {
        const reason = 'the configuration was changed';
        await putInForce(manager, jurisdictionId, strategy, { ...decision, reason, effect });
      }
    }
    const versions = new Map(configured.map((strategy) => [strategy.id, strategyVersion(strategy)]));
    for (const { strategyId, version, state } of stored) {
      const wanted = versions.get(strategyId);
      if (wanted === undefined) {
        const reason = 'it is configured no more';
        await supersede(manager, jurisdictionId, strategyId, [state], { ...decision, reason });
      } else if (state === 'in-force' && version === wanted) {
        const reason = 'the configuration was changed back';
        await supersede(manager, jurisdictionId, strategyId, ['held'], { ...decision, reason });
      }
    }
    return held;
  });
}
