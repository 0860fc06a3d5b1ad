import type { INestApplication } from '@nestjs/common';
import { EventBatchServer } from './event-batch-server.js';
import { EVENT_TRANSPORT } from './event-transport.js';
import type { EventTransport } from './event-transport.js';
import { HandlerFailureFilter } from './handler-failure.filter.js';
import type { Stream } from './streams.js';

/** Connects an application's event handlers to the transport. They receive events once its microservices are started. */
export function takeEventsIn(app: INestApplication, streams: readonly Stream[]): void {
  const transport = app.get<EventTransport>(EVENT_TRANSPORT);
  const strategy = new EventBatchServer(transport, streams);
  // Filters are taken before the initialization only, which otherwise comes at once.
  const server = app.connectMicroservice({ strategy }, { deferInitialization: true });
  server.useGlobalFilters(new HandlerFailureFilter());
}
