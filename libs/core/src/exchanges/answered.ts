import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { advance } from './exchange-ledger.js';
import type { ExchangeRow } from './exchange-ledger.js';

/**
 * Closes the files of a connector of whose records none is waiting any more: for partners who answer record by record and
 * never say that they have finished with a file.
 */
export async function closeAnswered(manager: EntityManager, connectorId: string, at: Date): Promise<void> {
  const done = await rows<Pick<ExchangeRow, 'id' | 'direction' | 'state'>>(
    manager,
    `select e.id, e.direction, e.state from exchange.exchange e
     where e.connector_id = $1 and e.direction = 'out' and e.state = 'delivered' and e.answer_due_on is not null
       and not exists (select 1 from exchange.record r
                       where r.exchange_id = e.id and r.status in ('released', 'delivered'))
     for update of e`,
    [connectorId],
  );
  for (const exchange of done) await advance(manager, exchange, 'answered', at);
}
