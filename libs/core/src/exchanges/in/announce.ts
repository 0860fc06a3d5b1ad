import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { FindingsEvent } from '../../events/findings-event.js';
import type { ApplyContext } from './statements.js';

/** Tells the case core, through the outbox, which part of a file it must read: a reference to it and nothing that it says. */
export async function announceFindings(
  manager: EntityManager,
  { connector, exchangeId, correlationId, at }: ApplyContext,
  sequences: readonly number[],
): Promise<void> {
  if (sequences.length === 0) return;
  const event: FindingsEvent = {
    specversion: '1.0',
    id: randomUUID(),
    source: `/concord/connectors/${connector.id}`,
    type: 'concord.findings.reported.v1',
    subject: exchangeId,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: connector.id,
    correlationid: correlationId,
    data: {
      connectorId: connector.id,
      exchangeId,
      first: sequences[0]!,
      last: sequences.at(-1)!,
    },
  };
  await rows(manager, 'insert into exchange.outbox (connector_id, event) values ($1, $2)', [
    connector.id,
    JSON.stringify(event),
  ]); // Until the case core has taken the part: what is sent about its cases meanwhile would be out of date.
  await rows(
    manager,
    `insert into exchange.findings_on_way (exchange_id, first_sequence, last_sequence, announced_at)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [exchangeId, event.data.first, event.data.last, at],
  );
}
