import type { EntityManager } from 'typeorm';
import { clearAlerts } from '../../alerts/alerts.js';
import { outboundFile } from '../../connectors/connector.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { closeAnswered } from '../answered.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { takeRestAsKnown } from '../known.js';

/**
 * What follows from a file's having arrived for certain: a kind of file that its partner never answers is taken as held, and an
 * end in it as released.
 */
export async function takeArrived(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<void> {
  if (outboundFile(connector, row.kind).confirm !== 'delivery') return;
  await takeRestAsKnown(manager, connector, row.business_date, row.id);
  await rows(
    manager,
    `update exchange.record set status = 'accepted', code = 'delivered' where exchange_id = $1 and status = 'delivered'`,
    [row.id],
  );
  // The end of a placement settles what was still to be said about its beginning.
  if (connector.update === 'delta') await closeAnswered(manager, connector.id, at);
}

/** A file whose confirmation was lost is found to have arrived after all, or has arrived now: it is uncertain no more. */
export async function settleUncertain(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<void> {
  const settled = await rows<{ id: string }>(
    manager,
    `update exchange.exchange set delivery_outcome = 'delivered'
     where id = $1 and state in ('delivered', 'answered') and delivery_outcome = 'presumed-collected' returning id`,
    [row.id],
  );
  if (settled.length === 0) return;
  await takeArrived(manager, connector, row, at);
  await clearAlerts(manager, { cause: 'delivery-uncertain', about: row.id }, at);
}
