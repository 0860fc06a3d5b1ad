import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { lockIncoming } from '../in/lock-incoming.js';
import { noteQuarantine } from '../in/quarantine.js';
import { commandBody } from './command-body.js';
import { decisionBy, reasonSchema } from './human-decision.js';
import { lockQuarantined } from './quarantined-record.js';

const bodySchema = z.strictObject({ exchangeId: z.uuid(), sequence: z.int().positive(), reason: reasonSchema });

/** Puts a record away that could not be applied and need not be: it stays where it is, with the reason. */
export class QuarantineDismissHandler implements CommandHandler {
  readonly kind = 'quarantine-dismiss';

  constructor(
    private readonly exchange: DataSource,
    private readonly clock: Clock,
  ) {}

  async carryOut(command: OrderedCommand): Promise<{ readonly status: 'dismissed' }> {
    const { exchangeId, sequence, reason } = commandBody(bodySchema, command.body);
    const at = this.clock.now();
    return this.exchange.transaction(async (manager) => {
      await lockIncoming(manager, exchangeId);
      const { status } = await lockQuarantined(manager, exchangeId, sequence, command);
      if (status === 'quarantined') {
        await rows(
          manager,
          `update exchange.inbound_record set status = 'dismissed', decision = $3
           where exchange_id = $1 and sequence = $2`,
          [exchangeId, sequence, JSON.stringify(decisionBy(command, reason, at))],
        );
        await noteQuarantine(manager, exchangeId, at);
      }
      return { status: 'dismissed' };
    });
  }
}
