import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { ConnectorMode } from './connector-entry.js';

/** A connector as the office sees it. */
export interface ConnectorView {
  readonly id: string;
  readonly jurisdiction: string;
  readonly plugin: string;
  readonly family: string;
  readonly act: string;
  readonly title: string;
  /** As it was set. While the adverse output is stopped, `on` works as `paused`. */
  readonly mode: ConnectorMode;
  /** Who stopped all adverse output of the jurisdiction, why and since when; null where it goes out. */
  readonly adverseStop: { readonly actor: string; readonly reason: string; readonly since: string } | null;
  readonly settingsVersion: number;
  /** Positions that stand, or may stand, at the partner. */
  readonly held: number;
  readonly releasesOwed: number;
  /** Files on their way, out or in. */
  readonly unfinished: number;
  /** Files that wait for a person. */
  readonly waiting: number;
  readonly unanswered: number;
  /** Records of the partner's files that could not be applied and wait for a person. */
  readonly quarantined: number;
  readonly lastDeliveredAt: Date | null;
}

/** Who changed a connector's mode, when, and why. */
export interface ModeChangeView {
  readonly was: ConnectorMode;
  readonly mode: ConnectorMode;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

const CONNECTOR = `
  select c.id, c.jurisdiction_id as jurisdiction, c.plugin_id as plugin, c.family, c.act, c.title, c.mode,
         c.settings_version as "settingsVersion", w.held, w.releases_owed as "releasesOwed", w.unfinished, w.waiting,
         w.unanswered, w.quarantined, w.last_delivered_at as "lastDeliveredAt",
         case when s.jurisdiction_id is not null then
           jsonb_build_object('actor', s.actor, 'reason', s.reason, 'since', s.since) end as "adverseStop"
  from exchange_v1.connector c join exchange_v1.connector_work w on w.connector_id = c.id
  left join exchange_v1.adverse_stop s on s.jurisdiction_id = c.jurisdiction_id`;

/**
 * For what is to be asked of a connector: that there is none is told at once, also while no connectors' process is there.
 *
 * @throws Refusal `connector-unknown`
 */
export async function requireConnector(gateway: DataSource, id: string): Promise<void> {
  const found = await rows(gateway, 'select 1 from exchange_v1.connector where id = $1', [id]);
  if (found.length === 0) throw unknown(id);
}

/** Every connector, those that are off included, by jurisdiction and id. */
export function listConnectors(gateway: DataSource): Promise<ConnectorView[]> {
  return rows<ConnectorView>(gateway, `${CONNECTOR} order by c.jurisdiction_id, c.id`);
}

/**
 * One connector, with the changes of its mode, the newest first.
 *
 * @throws Refusal `connector-unknown`
 */
export async function readConnector(
  gateway: DataSource,
  id: string,
): Promise<ConnectorView & { readonly changes: readonly ModeChangeView[] }> {
  const [connector] = await rows<ConnectorView>(gateway, `${CONNECTOR} where c.id = $1`, [id]);
  if (!connector) throw unknown(id);
  const changes = await rows<ModeChangeView>(
    gateway,
    `select was, mode, actor, reason, changed_at as at from exchange_v1.connector_change
     where connector_id = $1 order by id desc limit 100`,
    [id],
  );
  return { ...connector, changes };
}

function unknown(id: string): Refusal {
  return new Refusal('connector-unknown', `there is no connector ${id}`);
}
