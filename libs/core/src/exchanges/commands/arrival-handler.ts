import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { clearAlerts } from '../../alerts/alerts.js';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { settleUncertain, undoDelivery } from '../out/arrival.js';
import { connectorOf, decidedBy, decisionBody, keepDecision, lockOutgoing } from './decided-exchange.js';
import type { OrderedWork } from './ordered-work.js';

const body = decisionBody.extend({ arrived: z.boolean() });

/**
 * A person has found out whether a file arrived whose confirmation was lost: either it is delivered like any other, or it is
 * sent as if it had never been.
 */
export class ArrivalHandler implements CommandHandler {
  readonly kind = 'exchange-arrival';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the state that the file has then; one that is sent again may have gone further
   * @throws Refusal `exchange-not-uncertain` when nothing is to be decided, or `exchange-answered` when the partner's own words
   *   prove that it has the file
   */
  async carryOut(command: OrderedCommand): Promise<{ state: string }> {
    const { exchangeId, reason, arrived } = commandBody(body, command.body);
    const connector = await connectorOf(this.exchange, this.registry, exchangeId);
    const row = await this.exchange.transaction(async (manager) => {
      const row = await lockOutgoing(manager, exchangeId);
      if (decidedBy(row, command)) return row;
      if (row.state !== 'delivered' || row.delivery_outcome !== 'presumed-collected') throw nothingToDecide(row);
      if (!arrived && (await wasSpokenOf(manager, row.id))) {
        throw new Refusal('exchange-answered', `the partner has spoken about records of ${row.file_name}: it arrived`);
      }
      const at = this.clock.now();
      await keepDecision(manager, row, command, { decision: arrived ? 'arrived' : 'not-arrived', reason, at });
      if (arrived) {
        await settleUncertain(manager, connector, row, at);
      } else {
        await undoDelivery(manager, row, at);
        await clearAlerts(manager, { cause: 'delivery-uncertain', about: row.id }, at);
      }
      return row;
    });
    if (!arrived) await this.work.goOn(row.connector_id, [row.id], command.correlationId);
    const { state } = await readExchange(this.exchange, exchangeId);
    return { state };
  }
}

function nothingToDecide({ file_name: name, id, state }: ExchangeRow): Refusal {
  return new Refusal(
    'exchange-not-uncertain',
    `the file ${name ?? id} is ${state}: there is no doubt about its arrival`,
  );
}

async function wasSpokenOf(manager: EntityManager, id: string): Promise<boolean> {
  const found = await rows(
    manager,
    `select 1 from exchange.record where exchange_id = $1 and status in ('accepted', 'refused') limit 1`,
    [id],
  );
  return found.length > 0;
}
