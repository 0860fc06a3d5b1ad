import type { DataSource } from 'typeorm';
import { clearAlerts } from '../../alerts/alerts.js';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { advance, readExchange } from '../exchange-ledger.js';
import { decidedBy, decisionBody, keepDecision, lockOutgoing, refuseLetGo, tooLate } from './decided-exchange.js';
import type { OrderedWork } from './ordered-work.js';

/** A person lets a held file go on. It is re-checked as every file is; its limits are not judged again. */
export class ReleaseHandler implements CommandHandler {
  readonly kind = 'exchange-release';

  constructor(
    private readonly exchange: DataSource,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal when the file does not wait for a person */
  async carryOut(command: OrderedCommand): Promise<{ state: string }> {
    const { exchangeId, reason } = commandBody(decisionBody, command.body);
    const row = await this.exchange.transaction(async (manager) => {
      const row = await lockOutgoing(manager, exchangeId);
      if (decidedBy(row, command)) return row;
      refuseLetGo(row);
      if (row.state === 'choosing') {
        throw new Refusal('exchange-not-held', 'the file does not wait for a person; it goes out by itself');
      }
      if (row.state !== 'held') throw tooLate(row);
      const at = this.clock.now();
      await advance(manager, row, 'choosing', at);
      await keepDecision(manager, row, command, { decision: 'release', reason, at });
      await clearAlerts(manager, { cause: 'exchange-held', about: row.id }, at);
      return row;
    });
    await this.work.goOn(row.connector_id, [row.id], command.correlationId);
    const { state } = await readExchange(this.exchange, exchangeId);
    return { state };
  }
}
