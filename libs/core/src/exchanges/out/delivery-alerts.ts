import type { DataSource, EntityManager } from 'typeorm';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import { ChannelError } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { noteFailure } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';

const STEPS: Readonly<Record<string, string>> = {
  release: 'could not be checked and released',
  encode: 'could not be written',
  deliver: 'could not be delivered',
};

/**
 * Keeps why a step of a file could not be done, and tells people where only they can help. A partner that can't be reached is
 * no fault of a file's: every file of the connector waits for it.
 */
export async function noteStepFailed(
  exchange: DataSource,
  connector: Connector,
  row: ExchangeRow,
  step: string,
  error: unknown,
  at: Date,
): Promise<void> {
  await noteFailure(exchange, row.id, step, error);
  if (isPartnersAbsence(error)) return;
  await raiseAlert(
    exchange,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'exchange-failed',
      about: row.id,
      message: `${fileOf(connector, row)} ${STEPS[step] ?? `failed at ${step}`}. It is tried again; the reason is shown by: concord exchange show ${row.id}`,
      details: { exchange: row.id, kind: row.kind, date: row.business_date, step },
    },
    at,
  );
}

/** A step that was done clears what was said of earlier attempts. */
export async function noteStepDone(exchange: DataSource, row: ExchangeRow, at: Date): Promise<void> {
  await clearAlerts(exchange, { cause: 'exchange-failed', about: row.id }, at);
}

/** After a lost reply nobody can see any more whether the file arrived: the partner's answer says it, or a person finds out. */
export async function alertUncertain(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<void> {
  await raiseAlert(
    manager,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'delivery-uncertain',
      about: row.id,
      message: `${fileOf(connector, row)} was uploaded and is gone from the partner's folder, and the partner's confirmation was lost: most likely it has been taken. Ask the partner whether ${row.file_name} arrived, if no answer comes, and say so with: concord exchange decide ${row.id} arrived (or not-arrived)`,
      details: { exchange: row.id, kind: row.kind, date: row.business_date, file: row.file_name },
    },
    at,
  );
}

/** Refusals at login are about the connector as well, not about one file. */
function isPartnersAbsence(error: unknown): boolean {
  return error instanceof ChannelError && (error.kind !== 'refused' || error.step === 'connect');
}

function fileOf(connector: Connector, row: ExchangeRow): string {
  const name = row.file_name === null ? '' : `${row.file_name}, `;
  return `A file for ${connector.title} (${name}${row.kind}, ${row.business_date})`;
}
