import type { DataSource } from 'typeorm';
import type { CommandHandler } from '../commands/command-handler.js';
import { ExchangeDecideHandler } from '../exchanges/commands/exchange-decide-handler.js';
import { ExchangeReplayHandler } from '../exchanges/commands/exchange-replay-handler.js';
import { QuarantineDismissHandler } from '../exchanges/commands/quarantine-dismiss-handler.js';
import { QuarantineMendHandler } from '../exchanges/commands/quarantine-mend-handler.js';
import type { InboundRun } from '../exchanges/in/inbound-run.js';
import type { Clock } from '../platform/clock.js';
import type { ConnectorRegistry } from './connector-registry.js';

/** What handlers need of the connectors' side. */
export interface HandlerParts {
  readonly exchange: DataSource;
  readonly registry: ConnectorRegistry;
  readonly clock: Clock;
  readonly inbound: InboundRun;
}

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(parts: HandlerParts): CommandHandler[] {
  const { exchange, registry, clock, inbound } = parts;
  return [
    new ExchangeReplayHandler(exchange, registry, inbound, clock),
    new ExchangeDecideHandler(exchange, registry, inbound, clock),
    new QuarantineMendHandler(exchange, registry, inbound, clock),
    new QuarantineDismissHandler(exchange, clock),
  ];
}
