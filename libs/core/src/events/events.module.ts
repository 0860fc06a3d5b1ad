import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { Clock } from '../platform/clock.js';
import type { Environment } from '../platform/environment.js';
import type { Half } from '../platform/halves.js';
import { CHECKPOINTS, CLOCK, CONNECTORS_DATABASE, ENVIRONMENT, GATEWAY_DATABASE, LOG } from '../platform/tokens.js';
import { EVENT_TRANSPORT } from './event-transport.js';
import type { EventTransport } from './event-transport.js';
import { InProcessTransport } from './in-process-transport.js';
import { KafkaTransport } from './kafka/kafka-transport.js';
import { OutboxRelay } from './outbox-relay.js';
import { CASES_OUTBOX, FINDINGS_OUTBOX } from './outboxes.js';

/** Relays what the connectors' side has to tell the case core. */
export const FINDINGS_RELAY = Symbol('FindingsRelay');

const TRANSPORT: Provider = {
  provide: EVENT_TRANSPORT,
  inject: [ENVIRONMENT, LOG, CHECKPOINTS, CLOCK],
  useFactory: ({ kafka }: Environment, log: Logger, checkpoints: CheckpointListener, clock: Clock) =>
    kafka === null
      ? new InProcessTransport(checkpoints)
      : KafkaTransport.open({ settings: kafka, log, checkpoints, clock }),
};

const RELAYS: Readonly<Record<Half, Provider>> = {
  gateway: {
    provide: OutboxRelay,
    inject: [GATEWAY_DATABASE, EVENT_TRANSPORT, CHECKPOINTS],
    useFactory: (gateway: DataSource, transport: EventTransport, checkpoints: CheckpointListener) =>
      new OutboxRelay(gateway, transport, CASES_OUTBOX, checkpoints),
  },
  connectors: {
    provide: FINDINGS_RELAY,
    inject: [CONNECTORS_DATABASE, EVENT_TRANSPORT, CHECKPOINTS],
    useFactory: (connectors: DataSource, transport: EventTransport, checkpoints: CheckpointListener) =>
      new OutboxRelay(connectors, transport, FINDINGS_OUTBOX, checkpoints),
  },
};

/** The way of events between the case core and the connectors: within this process, or over Kafka where brokers are named. */
@Module({})
export class EventsModule {
  static forHalves(halves: readonly Half[]): DynamicModule {
    const relays = halves.map((half) => RELAYS[half]);
    return {
      module: EventsModule,
      global: true,
      providers: [TRANSPORT, ...relays],
      exports: [TRANSPORT, ...relays],
    };
  }
}
