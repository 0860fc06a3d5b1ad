import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { FindingsPart } from './findings-part.js';

/**
 * A contradiction that a person mended is decided: what was put before the office is closed by that person, with the reason.
 * What a person mends is a record of its own at the end of its file, and a part of its own.
 */
export async function closeMended(manager: EntityManager, part: FindingsPart): Promise<void> {
  if (part.first !== part.last) return;
  await rows(
    manager,
    `update cases.proposal p set state = 'closed', closed_by = m.decision->>'actor', closed_at = $4,
       closed_reason = 'mended: ' || (m.decision->>'reason')
     from exchange_v1.inbound_record m
     where m.exchange_id = $1 and m.sequence = $2 and m.decision->>'mends' is not null
       and p.connector_id = $3 and p.exchange_id = m.exchange_id and p.sequence = (m.decision->>'mends')::integer
       and p.kind = 'contradiction' and p.state = 'open'`,
    [part.exchangeId, part.first, part.connectorId, part.context.at],
  );
}
