import type { DataSource } from 'typeorm';
import type { CommandHandler } from '../commands/command-handler.js';
import type { Clock } from '../platform/clock.js';
import type { ConnectorRegistry } from './connector-registry.js';
import { ConnectorModeHandler } from './modes/connector-mode-handler.js';

/** What handlers need of the connectors' side. */
export interface HandlerParts {
  readonly exchange: DataSource;
  readonly registry: ConnectorRegistry;
  readonly clock: Clock;
}

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(parts: HandlerParts): CommandHandler[] {
  const { exchange, registry, clock } = parts;
  return [new ConnectorModeHandler(exchange, registry, clock)];
}
