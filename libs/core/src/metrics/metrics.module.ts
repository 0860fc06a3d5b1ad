import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { EVENT_TRANSPORT } from '../events/event-transport.js';
import type { EventTransport } from '../events/event-transport.js';
import { CASES_OUTBOX, FINDINGS_OUTBOX } from '../events/outboxes.js';
import type { Clock } from '../platform/clock.js';
import type { Half } from '../platform/halves.js';
import { CLOCK, CONNECTORS_DATABASE, GATEWAY_DATABASE, LOG } from '../platform/tokens.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

const OF_HALF = {
  gateway: { token: GATEWAY_DATABASE, outbox: CASES_OUTBOX },
  connectors: { token: CONNECTORS_DATABASE, outbox: FINDINGS_OUTBOX },
} as const;

/** What a process can be watched by, beside its health. */
@Module({})
export class MetricsModule {
  static forHalves(halves: readonly Half[]): DynamicModule {
    const metrics: Provider = {
      provide: Metrics,
      inject: [EVENT_TRANSPORT, CLOCK, LOG, ...halves.map((half) => OF_HALF[half].token)],
      useFactory: (transport: EventTransport, clock: Clock, log: Logger, ...databases: DataSource[]) =>
        new Metrics({
          transport,
          clock,
          log,
          halves: halves.map((half, index) => ({ half, outbox: OF_HALF[half].outbox, database: databases[index]! })),
        }),
    };
    return { module: MetricsModule, controllers: [MetricsController], providers: [metrics] };
  }
}
