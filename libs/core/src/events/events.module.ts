import { Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../platform/tokens.js';
import { EVENT_TRANSPORT } from './event-transport.js';
import type { EventTransport } from './event-transport.js';
import { InProcessTransport } from './in-process-transport.js';
import { OutboxRelay } from './outbox-relay.js';

/** The way of events from the case core to whoever handles them. */
@Global()
@Module({
  providers: [
    { provide: EVENT_TRANSPORT, useClass: InProcessTransport },
    {
      provide: OutboxRelay,
      inject: [GATEWAY_DATABASE, EVENT_TRANSPORT],
      useFactory: (gateway: DataSource, transport: EventTransport) => new OutboxRelay(gateway, transport),
    },
  ],
  exports: [EVENT_TRANSPORT, OutboxRelay],
})
export class EventsModule {}
