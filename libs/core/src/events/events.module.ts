import { Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { CONNECTORS_DATABASE, GATEWAY_DATABASE } from '../platform/tokens.js';
import { EVENT_TRANSPORT } from './event-transport.js';
import type { EventTransport } from './event-transport.js';
import { InProcessTransport } from './in-process-transport.js';
import { OutboxRelay } from './outbox-relay.js';
import { CASES_OUTBOX, FINDINGS_OUTBOX } from './outboxes.js';

/** Relays what the connectors' side has to tell the case core. */
export const FINDINGS_RELAY = Symbol('FindingsRelay');

/** The way of events between the case core and the connectors. */
@Global()
@Module({
  providers: [
    { provide: EVENT_TRANSPORT, useClass: InProcessTransport },
    {
      provide: OutboxRelay,
      inject: [GATEWAY_DATABASE, EVENT_TRANSPORT],
      useFactory: (gateway: DataSource, transport: EventTransport) => new OutboxRelay(gateway, transport, CASES_OUTBOX),
    },
    {
      provide: FINDINGS_RELAY,
      inject: [CONNECTORS_DATABASE, EVENT_TRANSPORT],
      useFactory: (connectors: DataSource, transport: EventTransport) =>
        new OutboxRelay(connectors, transport, FINDINGS_OUTBOX),
    },
  ],
  exports: [EVENT_TRANSPORT, OutboxRelay, FINDINGS_RELAY],
})
export class EventsModule {}
