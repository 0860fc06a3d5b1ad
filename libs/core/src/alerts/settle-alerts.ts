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

/** All alerts of one cause about offices, whatever connectors they have, as they stand now. */
export async function settleOfficeAlerts(
  manager: EntityManager,
  cause: AlertCause,
  alerts: readonly Alert[],
  at: Date,
): Promise<void> {
  for (const alert of alerts) await raiseAlert(manager, alert, at);
  await rows(
    manager,
    `update exchange.alert a set cleared_at = $3
     where a.cleared_at is null and a.connector_id is null and a.cause = $1 and not exists (
       select 1 from jsonb_to_recordset($2::jsonb) as s ("jurisdictionId" text, about text)
       where s."jurisdictionId" = a.jurisdiction_id and s.about = a.about)`,
    [cause, JSON.stringify(alerts.map(({ jurisdictionId, about }) => ({ jurisdictionId, about }))), at],
  );
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
