import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Connector, OutboundFile } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { chooseRecords } from './choose.js';

/**
 * Memory that one step of choosing may sort in. Records are numbered with their content, some fifteen hundred bytes each: with
 * what other statements have, a file of a few thousand would be sorted on the disk.
 */
const SORT_MEMORY = '128MB';

/** The cutoff that files are for. */
export interface CutoffOrder {
  /** The cutoff's name within the connector: it runs once, whatever happens. */
  readonly cutoffKey: string;
  /** Whether it is the full file that a connector sends when it is first enabled. */
  readonly first: boolean;
  readonly businessDate: string;
  readonly correlationId: string;
  readonly at: Date;
}

/**
 * Opens the exchanges of a cutoff, one a kind of file, and chooses their records, all in one transaction. A cutoff that was
 * opened before is left as it is.
 *
 * @returns the exchanges' ids in the order in which they are sent; none for a first cutoff that would say nothing: it is
 *   not used up, and waits for debts
 */
export async function openCutoff(exchange: DataSource, connector: Connector, order: CutoffOrder): Promise<string[]> {
  return exchange.transaction((manager) => openCutoffWithin(manager, connector, order));
}

/** The same in a transaction of the caller's, which may be given up. */
export async function openCutoffWithin(
  manager: EntityManager,
  connector: Connector,
  order: CutoffOrder,
): Promise<string[]> {
  const opened: string[] = [];
  let chosen = 0;
  await rows(manager, `select set_config('work_mem', $1, true)`, [SORT_MEMORY]);
  for (const file of connector.outbound) {
    const id = await open(manager, connector, file, order);
    if (id === null) return existing(manager, connector, order.cutoffKey);
    opened.push(id);
    chosen += await chooseRecords(manager, connector, file, id);
  }
  if (chosen > 0 || !order.first) return opened;
  await rows(manager, 'delete from exchange.exchange where id = any($1)', [opened]);
  return [];
}

async function open(
  manager: EntityManager,
  connector: Connector,
  file: OutboundFile,
  order: CutoffOrder,
): Promise<string | null> {
  const [opened] = await rows<{ id: string }>(
    manager,
    `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
       state, correlation_id, started_at)
     values ($1, $2, 'out', $3, $4, $5, $6, $7, 'choosing', $8, $9)
     on conflict (connector_id, kind, cutoff_key) where direction = 'out' do nothing returning id`,
    [
      randomUUID(),
      connector.id,
      file.kind,
      order.cutoffKey,
      order.businessDate,
      connector.settingsVersion,
      connector.mode,
      order.correlationId,
      order.at,
    ],
  );
  return opened?.id ?? null;
}

async function existing(manager: EntityManager, connector: Connector, cutoffKey: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'out' and cutoff_key = $2 order by array_position($3::text[], kind)`,
    [connector.id, cutoffKey, connector.outbound.map(({ kind }) => kind)],
  );
  return found.map(({ id }) => id);
}
