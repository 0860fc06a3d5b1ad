import type { EntityManager } from 'typeorm';
import type { OrderedCommand } from '../../commands/command-handler.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { decidedBy } from './human-decision.js';

export interface QuarantinedRecord {
  readonly status: 'quarantined' | 'mended' | 'dismissed';
  /** Set only where this very command has decided about it already. */
  readonly decision: unknown;
}

/**
 * Locks a record that waits in quarantine, or that this very command has dealt with already.
 *
 * @throws Refusal `record-unknown` or `record-not-quarantined`
 */
export async function lockQuarantined(
  manager: EntityManager,
  exchangeId: string,
  sequence: number,
  command: OrderedCommand,
): Promise<QuarantinedRecord> {
  const [record] = await rows<{ status: string; decision: unknown }>(
    manager,
    'select status, decision from exchange.inbound_record where exchange_id = $1 and sequence = $2 for update',
    [exchangeId, sequence],
  );
  if (!record) throw new Refusal('record-unknown', `the file has no record at place ${sequence}`);
  const { status, decision } = record;
  if (status === 'quarantined') return { status, decision: null };
  if ((status === 'mended' || status === 'dismissed') && decidedBy(decision, command)) return { status, decision };
  throw new Refusal('record-not-quarantined', `the record at place ${sequence} is ${status}, not in quarantine`);
}
