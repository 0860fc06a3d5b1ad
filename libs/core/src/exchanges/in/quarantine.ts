import type { EntityManager } from 'typeorm';
import type { FileFault } from '@concord/plugin-sdk';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import { rows } from '../../database/sql.js';
import { faultInWords } from './refused-file.js';

/** How many records of a file wait in quarantine, and the first of them. */
interface Waiting {
  readonly connector_id: string;
  readonly jurisdiction_id: string;
  readonly title: string;
  readonly file_name: string;
  readonly count: number;
  readonly sequence: number | null;
  readonly kind: string | null;
  readonly finding: unknown;
}

/**
 * Tells people that a file left records in quarantine, or that none is left there. Called in the transaction that may have
 * changed it.
 */
export async function noteQuarantine(manager: EntityManager, exchangeId: string, at: Date): Promise<void> {
  const [waiting] = await rows<Waiting>(
    manager,
    `select c.id as connector_id, c.jurisdiction_id, c.title, e.file_name, q.count, f.sequence, f.kind, f.finding
     from exchange.exchange e
     join exchange.connector c on c.id = e.connector_id
     cross join lateral (
       select count(*) as count, min(sequence) as first from exchange.inbound_record
       where exchange_id = e.id and status = 'quarantined') q
     left join exchange.inbound_record f on f.exchange_id = e.id and f.sequence = q.first
     where e.id = $1`,
    [exchangeId],
  );
  if (!waiting) throw new Error(`no exchange has the id ${exchangeId}`);
  const { connector_id: connectorId, count, file_name: file } = waiting;
  if (count === 0) {
    await clearAlerts(manager, { connectorId, cause: 'records-quarantined', about: exchangeId }, at);
    return;
  }
  const records = count === 1 ? '1 record' : `${count} records`;
  const fault = waiting.kind === 'fault' ? (waiting.finding as FileFault) : null;
  await raiseAlert(
    manager,
    {
      jurisdictionId: waiting.jurisdiction_id,
      connectorId,
      cause: 'records-quarantined',
      about: exchangeId,
      message:
        `${records} of ${file} of ${waiting.title} could not be applied: mend or dismiss them. ` +
        `The first: ${fault ? faultInWords(fault) : 'it contradicts what the partner said before'}.`,
      details: {
        exchange: exchangeId,
        file,
        count,
        first: {
          sequence: waiting.sequence,
          record: fault?.record ?? null,
          field: fault?.field ?? null,
          position: fault?.position ?? null,
          rule: fault?.rule ?? 'contradicts',
        },
      },
    },
    at,
  );
}
