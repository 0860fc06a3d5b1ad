import type { DataSource } from 'typeorm';
import type { CommandHandler } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { Clock } from '../../platform/clock.js';
import type { InboundRun } from '../in/inbound-run.js';
import { ExchangeDecideHandler } from './exchange-decide-handler.js';
import { ExchangeReplayHandler } from './exchange-replay-handler.js';
import { QuarantineDismissHandler } from './quarantine-dismiss-handler.js';
import { QuarantineMendHandler } from './quarantine-mend-handler.js';

/** What handlers of incoming files need. */
export interface IncomingParts {
  readonly exchange: DataSource;
  readonly registry: ConnectorRegistry;
  readonly clock: Clock;
  readonly inbound: InboundRun;
}

/** What people can do about incoming files, and about records of them that were set aside. */
export function incomingHandlers({ exchange, registry, clock, inbound }: IncomingParts): CommandHandler[] {
  return [
    new ExchangeReplayHandler(exchange, registry, inbound, clock),
    new ExchangeDecideHandler(exchange, registry, inbound, clock),
    new QuarantineMendHandler(exchange, registry, inbound, clock),
    new QuarantineDismissHandler(exchange, clock),
  ];
}
