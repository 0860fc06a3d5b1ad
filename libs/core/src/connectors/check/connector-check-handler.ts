import { z } from 'zod';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../connector-registry.js';
import { checkConnector } from './connector-check.js';
import type { CheckStep, Probe } from './connector-check.js';

const body = z.strictObject({ connectorId: z.string().min(1) });

/** Checks a connector for a person who watches. */
export class ConnectorCheckHandler implements CommandHandler {
  readonly kind = 'connector-check';

  constructor(
    private readonly registry: ConnectorRegistry,
    private readonly probe: Probe,
  ) {}

  async carryOut(command: OrderedCommand): Promise<{ readonly steps: readonly CheckStep[] }> {
    const { connectorId } = commandBody(body, command.body);
    const steps: CheckStep[] = [];
    for await (const step of checkConnector(this.registry, this.probe, connectorId)) {
      steps.push(step);
      const said = `${step.step}: ${step.ok ? 'ok' : 'FAILED'}: ${step.detail}`;
      await command.progress({ step: said, done: steps.length, of: 0 });
    }
    return { steps };
  }
}
