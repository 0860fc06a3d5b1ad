import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { CONNECTOR_MODES } from '../connector-entry.js';
import type { ConnectorMode } from '../connector-entry.js';
import type { ConnectorRegistry } from '../connector-registry.js';
import { changeMode, turnOffRetired } from './change-mode.js';

const body = z.strictObject({
  connectorId: z.string().min(1),
  mode: z.enum(CONNECTOR_MODES),
  reason: z.string().trim().min(1),
});

/** A person switches a connector on, to shadow, paused, retiring or off. */
export class ConnectorModeHandler implements CommandHandler {
  readonly kind = 'connector-mode';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly clock: Clock,
  ) {}

  /** @returns the mode it has now: one that retires and holds nothing is off at once */
  async carryOut(command: OrderedCommand): Promise<{ readonly mode: ConnectorMode; readonly was: ConnectorMode }> {
    const { connectorId, mode, reason } = commandBody(body, command.body);
    const decision = { actor: command.actor, correlationId: command.correlationId, reason, at: this.clock.now() };
    if (mode === 'on' || mode === 'shadow') await this.mustWork(connectorId);
    const was = await changeMode(this.exchange, connectorId, mode, decision);
    const off = mode === 'retiring' && (await turnOffRetired(this.exchange, connectorId, decision));
    return { mode: off ? 'off' : mode, was };
  }

  /** Whoever switches a connector on means it to work, and must hear at once that it can't. */
  private async mustWork(connectorId: string): Promise<void> {
    try {
      await this.registry.inAnyMode(connectorId);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal('connector-unusable', `connector ${connectorId} can't work: ${(error as Error).message}`);
    }
  }
}
