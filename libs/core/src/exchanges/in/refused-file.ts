import type { EntityManager } from 'typeorm';
import type { FileFault } from '@concord/plugin-sdk';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { sameNameOf } from '../../connectors/entry/incoming.js';
import { rows } from '../../database/sql.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import type { CheckedFile } from './check.js';

/** A count or a total is no person's; anything else may be. */
const NUMBER_ONLY = /^[-+]?[\d.,]{1,20}$/;

/**
 * Refuses a file as a whole, with not one record applied, and tells people why. Its bytes stay in the archive, and what is to
 * be known of it, so that the right one ends the alert under whatever name it comes.
 */
export async function refuseFile(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  { faults, said }: CheckedFile,
  at: Date,
): Promise<void> {
  const first = faults[0]!;
  await advance(manager, row, 'refused', at, { failure: { step: 'check', message: first.message, faults, said } });
  const { record, field, position, value, rule } = first;
  await raiseAlert(
    manager,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'file-refused',
      about: row.id,
      message: `${row.file_name} of ${connector.title} was refused, and not one of its records was applied: ${faultInWords(first)}.`,
      details: {
        exchange: row.id,
        file: row.file_name,
        kind: row.kind,
        record,
        field,
        position,
        value: value !== null && NUMBER_ONLY.test(value) ? value : null,
        rule,
      },
    },
    at,
  );
}

/** What is wrong and where, without the value. */
export function faultInWords({ record, field, position, message }: FileFault): string {
  const where = [
    record === null ? '' : `record ${record}`,
    field === null ? '' : `field ${field}`,
    position === null ? '' : `position ${position}`,
  ].filter(Boolean);
  return [message.replace(/\.$/, ''), where.length === 0 ? '' : ` (${where.join(', ')})`].join('');
}

/** A file whose totals are right ends the alerts about itself, and about refused files that it corrects. */
export async function clearRefusals(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<void> {
  const corrected =
    sameNameOf(connector.body, row.kind) === 'nothing'
      ? []
      : await rows<{ id: string }>(
          manager,
          `select id from exchange.exchange
           where connector_id = $1 and direction = 'in' and kind = $2 and file_name = $3 and state = 'refused'`,
          [row.connector_id, row.kind, row.file_name],
        );
  for (const id of new Set([row.id, ...corrected.map((each) => each.id)])) {
    await clearAlerts(manager, { connectorId: connector.id, cause: 'file-refused', about: id }, at);
  }
}
