import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Strategy } from './domain/strategy.js';
import { strategyVersion } from './domain/strategy-version.js';
import { readProposal } from './proposal-store.js';
import { readVersions } from './strategy-version-store.js';
import type { StoredVersion } from './strategy-version-store.js';

/** A content of a strategy, and since when it is what it is. */
export type VersionView = Pick<
  StoredVersion,
  'version' | 'content' | 'effect' | 'recordedAt' | 'decidedBy' | 'decidedAt' | 'reason'
>;

/** A strategy of an office. */
export interface StrategyView {
  readonly id: string;
  /** `held`: what is configured waits for a person. `unseen`: it is looked at with the next review. */
  readonly state: 'in-force' | 'held' | 'unseen';
  readonly configured: { readonly version: string; readonly content: Strategy };
  /** Null for a strategy that was never in force. */
  readonly inForce: VersionView | null;
  readonly held: VersionView | null;
  /** Its referrals in force. */
  readonly referrals: readonly { readonly connectorId: string; readonly inForce: number }[];
}

/** The strategies of an office in the order of its configuration, with what is in force of them and what waits. */
export async function listStrategies(gateway: DataSource, jurisdiction: Jurisdiction): Promise<StrategyView[]> {
  const stored = await readVersions(gateway, jurisdiction.id);
  const counts = await rows<{ strategyId: string; connectorId: string; inForce: number }>(
    gateway,
    `select r.strategy_id as "strategyId", r.connector_id as "connectorId", count(*) as "inForce"
     from cases.referral r join cases.case_file c on c.id = r.case_id
     where c.jurisdiction_id = $1 and r.made_by = 'strategy' and r.withdrawn_on is null
     group by 1, 2 order by 1, 2`,
    [jurisdiction.id],
  );
  return (await readProposal(gateway, jurisdiction)).map((strategy) => {
    const version = strategyVersion(strategy);
    const inForce = stored.find((each) => each.strategyId === strategy.id && each.state === 'in-force') ?? null;
    const held = stored.find((each) => each.strategyId === strategy.id && each.state === 'held') ?? null;
    return {
      id: strategy.id,
      state: inForce?.version === version ? 'in-force' : held?.version === version ? 'held' : 'unseen',
      configured: { version, content: strategy },
      inForce: inForce && view(inForce),
      held: held && view(held),
      referrals: counts
        .filter(({ strategyId }) => strategyId === strategy.id)
        .map(({ connectorId, inForce: n }) => ({ connectorId, inForce: n })),
    };
  });
}

function view({ version, content, effect, recordedAt, decidedBy, decidedAt, reason }: StoredVersion): VersionView {
  return { version, content, effect, recordedAt, decidedBy, decidedAt, reason };
}
