import type { DataSource } from 'typeorm';
import { raiseAlert } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { sameNameOf } from '../../connectors/entry/incoming.js';
import { rows } from '../../database/sql.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/**
 * Leaves a file to a person when it has the name of an earlier one and other bytes, and nobody has said what that means. An
 * earlier one of which nothing was applied is corrected by it without asking.
 *
 * @returns whether it waits now
 */
export async function leaveToPerson(
  exchange: DataSource,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<boolean> {
  if (row.corrects_id === null || row.decision !== null || sameNameOf(connector.body, row.kind) !== 'ask') return false;
  const [earlier] = await rows<{ business_date: string }>(
    exchange,
    `select business_date from exchange.exchange
     where connector_id = $1 and direction = 'in' and kind = $2 and file_name = $3 and id <> $4
       and state not in ('refused', 'dismissed') and started_at <= $5
     order by started_at desc limit 1`,
    [row.connector_id, row.kind, row.file_name, row.id, row.started_at],
  );
  if (!earlier) return false;
  await exchange.transaction(async (manager) => {
    await advance(manager, row, 'undecided', at);
    const message =
      `${connector.title} left ${row.file_name} again with another content than on ${earlier.business_date}. ` +
      'Nothing of it was applied: decide whether it is to be applied or dismissed.';
    await raiseAlert(
      manager,
      {
        jurisdictionId: connector.jurisdictionId,
        connectorId: connector.id,
        cause: 'file-undecided',
        about: row.id,
        message,
        details: { exchange: row.id, file: row.file_name, kind: row.kind, corrects: row.corrects_id },
      },
      at,
    );
  });
  return true;
}
