import type { DataSource } from 'typeorm';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { readExchange } from '../exchange-ledger.js';
import { alertHeld, hold } from '../out/hold.js';
import { connectorOf, decidedBy, decisionBody, lockOutgoing, refuseLetGo, tooLate } from './decided-exchange.js';
import type { OrderedWork } from './ordered-work.js';

/**
 * A person holds a file that is not released yet. What makes something less adverse is told in spite of it, by a file of its
 * own.
 */
export class HoldHandler implements CommandHandler {
  readonly kind = 'exchange-hold';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal when the file is past holding, or says nothing that may wait */
  async carryOut(command: OrderedCommand): Promise<{ state: string }> {
    const { exchangeId, reason } = commandBody(decisionBody, command.body);
    const connector = await connectorOf(this.exchange, this.registry, exchangeId);
    const row = await this.exchange.transaction(async (manager) => {
      const row = await lockOutgoing(manager, exchangeId);
      if (decidedBy(row, command)) return row;
      refuseLetGo(row);
      if (row.state !== 'choosing') throw tooLate(row);
      if (row.mode === 'shadow') throw new Refusal('exchange-in-shadow', 'it is only shown, and never sent');
      const because = { actor: command.actor, reason, command: command.id };
      const at = this.clock.now();
      const held = row.part_of_id === null ? await hold(manager, connector, row, because, at) : undefined;
      if (held === undefined) {
        throw new Refusal('exchange-only-reduces', 'it only tells the partner less, which never waits for a person');
      }
      await alertHeld(manager, connector, row, because, held, at);
      return row;
    });
    // To its part with what must not wait: by the file's own id, so that the command begun anew asks for the same.
    await this.work.goOn(row.connector_id, [row.id], command.correlationId);
    const { state } = await readExchange(this.exchange, exchangeId);
    return { state };
  }
}
