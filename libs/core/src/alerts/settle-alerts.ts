import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { raiseAlert } from './alerts.js';
import type { Alert, AlertCause } from './alerts.js';

/** All alerts of one cause at one connector, as they stand now. */
export interface Standing {
  readonly connectorId: string;
  readonly cause: AlertCause;
  readonly alerts: readonly Alert[];
}

/** Raises what stands, and clears every other alert of the same connector and cause. */
export async function settleAlerts(
  manager: EntityManager,
  { connectorId, cause, alerts }: Standing,
  at: Date,
): Promise<void> {
  for (const alert of alerts) await raiseAlert(manager, alert, at);
  await rows(
    manager,
    `update exchange.alert set cleared_at = $4
     where cleared_at is null and connector_id = $1 and cause = $2 and about <> all($3)`,
    [connectorId, cause, alerts.map(({ about }) => about), at],
  );
}
