import type { DataSource, EntityManager } from 'typeorm';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { Connector } from '../../connectors/connector.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { advance, readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { hold } from '../out/hold.js';
import {
  connectorOf,
  decidedBy,
  decisionBody,
  keepDecision,
  lockOutgoing,
  refuseLetGo,
  tooLate,
} from './decided-exchange.js';
import type { OrderedWork } from './ordered-work.js';

/**
 * A person gives a file up before it is numbered, so that its number is the next file's. What it would have said is still to
 * be said, and comes with the next cutoff; what makes something less adverse is told now.
 */
export class CancelHandler implements CommandHandler {
  readonly kind = 'exchange-cancel';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal when the file is released already, or says nothing that may be given up */
  async carryOut(command: OrderedCommand): Promise<{ state: string }> {
    const { exchangeId, reason } = commandBody(decisionBody, command.body);
    const connector = await connectorOf(this.exchange, this.registry, exchangeId);
    const row = await this.exchange.transaction(async (manager) => {
      const row = await lockOutgoing(manager, exchangeId);
      if (decidedBy(row, command)) return row;
      refuseLetGo(row);
      if (row.state === 'choosing') await this.setApart(manager, connector, row, command, reason);
      else if (row.state !== 'held') throw tooLate(row);
      const at = this.clock.now();
      await rows(
        manager,
        `update exchange.record set status = 'dropped', reason = $2 where exchange_id = $1 and status = 'chosen'`,
        [row.id, `cancelled: ${reason}`],
      );
      await advance(manager, { ...row, state: 'held' }, 'cancelled', at, { records: 0 });
      await keepDecision(manager, row, command, { decision: 'cancel', reason, at });
      return row;
    });
    // To its part with what must not wait: by the file's own id, so that the command begun anew asks for the same.
    await this.work.goOn(row.connector_id, [row.id], command.correlationId);
    const { state } = await readExchange(this.exchange, exchangeId);
    return { state };
  }

  /** It is held first, so that what must not wait leaves it. */
  private async setApart(
    manager: EntityManager,
    connector: Connector,
    row: ExchangeRow,
    { actor, id }: OrderedCommand,
    reason: string,
  ): Promise<void> {
    if (row.mode === 'shadow') throw new Refusal('exchange-in-shadow', 'it is only shown, and never sent');
    const because = { actor, reason, command: id };
    const held = row.part_of_id === null ? await hold(manager, connector, row, because, this.clock.now()) : undefined;
    if (held === undefined) {
      throw new Refusal('exchange-only-reduces', 'it only tells the partner less, which is never given up');
    }
  }
}
