import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { clearAlerts } from '../../alerts/alerts.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import type { InboundRun } from '../in/inbound-run.js';
import { lockIncoming, readIncoming } from '../in/lock-incoming.js';
import { commandBody } from '../../commands/command-body.js';
import { decideArrived } from './decide-arrived.js';
import { decidedBy, decisionBy, keepDecision, reasonSchema } from './human-decision.js';

const bodySchema = z.strictObject({
  exchangeId: z.uuid(),
  decision: z.enum(['apply', 'dismiss', 'arrived']),
  reason: reasonSchema,
});
type IncomingDecision = { readonly decision: 'apply' | 'dismiss'; readonly reason: string };

/**
 * Carries out what a person decided of a file that came under the name of an earlier one: to apply it, each record once by its
 * natural key, or to put it away unread. A file that was refused can be put away, too. Of a file of ours whose confirmation was
 * lost, that it has arrived.
 */
export class ExchangeDecideHandler implements CommandHandler {
  readonly kind = 'exchange-decide';

  constructor(
    readonly exchange: DataSource,
    readonly registry: ConnectorRegistry,
    private readonly inbound: InboundRun,
    readonly clock: Clock,
  ) {}

  /** @returns the state that the file came to: a file that is applied may turn out to be one to refuse */
  async carryOut(command: OrderedCommand): Promise<{ readonly state: string }> {
    const body = commandBody(bodySchema, command.body);
    const { decision, exchangeId, reason } = body;
    if (decision === 'arrived') return decideArrived(this, { exchangeId, reason }, command);
    const row = await readIncoming(this.exchange, exchangeId);
    if (!decidedBy(row.decision, command)) await this.decide(row, { decision, reason }, command);
    if (decision === 'apply') await this.inbound.process(await this.registry.one(row.connector_id), row.id);
    return { state: (await readIncoming(this.exchange, row.id)).state };
  }

  private async decide(
    asRead: ExchangeRow,
    { decision, reason }: IncomingDecision,
    command: OrderedCommand,
  ): Promise<void> {
    // Whether it can be applied at all is known before anything is decided.
    if (decision === 'apply') await this.registry.one(asRead.connector_id);
    const at = this.clock.now();
    await this.exchange.transaction(async (manager) => {
      const row = await lockIncoming(manager, asRead.id);
      const may = row.state === 'undecided' || (row.state === 'refused' && decision === 'dismiss');
      if (!may) throw new Refusal('exchange-not-undecided', notUndecided(row));
      await advance(manager, row, decision === 'apply' ? 'received' : 'dismissed', at);
      await keepDecision(manager, row.id, { ...decisionBy(command, reason, at), decision });
      for (const cause of ['file-undecided', 'file-refused'] as const) {
        await clearAlerts(manager, { connectorId: row.connector_id, cause, about: row.id }, at);
      }
    });
  }
}

function notUndecided({ file_name: name, state }: ExchangeRow): string {
  const instead =
    state === 'refused'
      ? 'replay it when the partner, the settings or the plugin were put right, or dismiss it'
      : 'there is nothing to decide';
  return `${name} is ${state}: ${instead}`;
}
