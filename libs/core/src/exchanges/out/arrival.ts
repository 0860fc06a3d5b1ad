import type { EntityManager } from 'typeorm';
import { clearAlerts } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { outboundFile } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { closeAnswered } from '../answered.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { takeRestAsKnown } from '../known.js';

/**
 * A file certainly arrived: where the partner never answers, what it says is what the partner holds. Where it answers, its
 * answer is still waited for.
 */
export async function takeArrivalAsAnswer(
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

/** The doubt about a file is over: it has arrived, or a copy of it has. Nothing happens where nobody doubts. */
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
  await takeArrivalAsAnswer(manager, connector, row, at);
  await clearAlerts(manager, { cause: 'delivery-uncertain', about: row.id }, at);
}

/**
 * A file that was taken for delivered never arrived: it is as if it had only been archived, so that the connector's next work
 * sends the same bytes. What it says stays in flight.
 */
export async function undoDelivery(manager: EntityManager, row: ExchangeRow, at: Date): Promise<void> {
  await advance(manager, row, 'archived', at, { answer_due_on: null });
  // Without the step that was reached, the next attempt uploads anew instead of looking for what is gone.
  await rows(
    manager,
    `update exchange.exchange set delivery_step = null, delivery_outcome = null, delivered_at = null where id = $1`,
    [row.id],
  );
  await rows(
    manager,
    `update exchange.record set status = 'released' where exchange_id = $1 and status = 'delivered'`,
    [row.id],
  );
}
