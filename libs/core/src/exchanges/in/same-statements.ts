import type { EntityManager } from 'typeorm';
import { clearAlerts } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import type { DecodedItem } from '../../plugin-host/jobs.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Enough to know a file again; one of millions of records keeps no more. */
const KEYS_KEPT = 100;

/** By what a file is known again under another name: how much it says, and the partner's natural keys of the first of it. */
export interface WhatItSays {
  /** What could be read, and records that could not. */
  readonly statements: number;
  /** At most {@link KEYS_KEPT}; none where nothing could be read, so that the file is like no other. */
  readonly keys: readonly string[];
}

/** Notes what a file says as it is read, batch by batch. */
export class StatementsSeen {
  private statements = 0;
  private readonly keys = new Set<string>();

  add(batch: readonly DecodedItem[]): void {
    for (const item of batch) {
      // A fault of the whole file is no statement of its own.
      if ('fault' in item && item.fault.severity === 'file') continue;
      this.statements += 1;
      if (!('fault' in item) && this.keys.size < KEYS_KEPT) this.keys.add(item.naturalKey);
    }
  }

  get said(): WhatItSays {
    return { statements: this.statements, keys: [...this.keys] };
  }
}

/**
 * A file that was applied ends the alerts about refused ones of its kind that it replaces, whatever their names: it says all
 * that was kept of what they said, under the same natural keys, and no less. Called once every record of it is on the ledger.
 */
export async function clearReplaced(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<void> {
  const refused = await rows<{ id: string; said: WhatItSays | null }>(
    manager,
    `select e.id, e.failure->'said' as said
     from exchange.alert a join exchange.exchange e on e.id = a.about::uuid
     where a.connector_id = $1 and a.cause = 'file-refused' and a.cleared_at is null
       and e.direction = 'in' and e.kind = $2 and e.state = 'refused' and e.started_at <= $3`,
    [connector.id, row.kind, row.started_at],
  );
  for (const { id, said } of refused) {
    if (said === null || said.keys.length === 0) continue;
    const [now] = await rows<{ statements: number; keys: number }>(
      manager,
      `select count(*) as statements,
              count(distinct finding->>'naturalKey') filter (where finding->>'naturalKey' = any($2)) as keys
       from exchange.inbound_record where exchange_id = $1`,
      [row.id, said.keys],
    );
    if (now!.keys < said.keys.length || now!.statements < said.statements) continue;
    await clearAlerts(manager, { connectorId: connector.id, cause: 'file-refused', about: id }, at);
  }
}
