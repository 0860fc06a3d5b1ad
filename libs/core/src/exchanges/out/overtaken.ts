import type { EntityManager } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';

/**
 * A file that arrives after files that were released later, or may have, takes its place behind them: what a partner holds
 * follows from the order in which it is told. A placement that was stuck while its recall went out is held, and called back
 * again. To be asked before each rename: when it is found out that a file arrived, others may have arrived after it.
 * Snapshots carry their own date, and are left where they are.
 */
export async function takePlaceOfArrival(
  manager: EntityManager,
  connector: Connector,
  exchangeId: string,
): Promise<void> {
  if (connector.update === 'snapshot') return;
  await rows(
    manager,
    `update exchange.exchange e set release_number = nextval('exchange.release_number')
     where e.id = $1 and exists (
       select 1 from exchange.exchange later
       where later.connector_id = e.connector_id and later.direction = 'out' and later.release_number > e.release_number
         and (later.delivered_at is not null or later.delivery_step in ('verified', 'renamed')))`,
    [exchangeId],
  );
}
