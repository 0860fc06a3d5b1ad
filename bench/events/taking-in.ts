import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import type { CaseEvent } from '@concord/core/events/catalogue';
import { EventBatchServer } from '@concord/core/events/event-batch-server';
import type { EventTransport } from '@concord/core/events/event-transport';
import { HandlerFailureFilter } from '@concord/core/events/handler-failure.filter';
import { CONNECTORS_DATABASE } from '@concord/core/platform/tokens';
import { CaseEventsController } from '@concord/core/positions/case-events.controller';

/**
 * Takes case events in as the connectors do: through Nest, to the controller that marks debts to be judged.
 *
 * @param taken is told of each batch when its transactions are committed
 * @returns ends it
 */
export async function takeCaseEventsIn(
  connectors: DataSource,
  transport: EventTransport,
  taken: (events: readonly CaseEvent[]) => void,
): Promise<() => Promise<void>> {
  const watched: EventTransport = Object.assign(Object.create(transport) as EventTransport, {
    subscribe: ((stream, handle) =>
      transport.subscribe(stream, async (events) => {
        await handle(events);
        taken(events as readonly CaseEvent[]);
      })) satisfies EventTransport['subscribe'],
  });
  class ConnectorsSide {}
  Module({
    controllers: [CaseEventsController],
    providers: [{ provide: CONNECTORS_DATABASE, useValue: connectors }],
  })(ConnectorsSide);
  const app = await NestFactory.createMicroservice(ConnectorsSide, {
    strategy: new EventBatchServer(watched, ['case-events']),
    logger: false,
  });
  app.useGlobalFilters(new HandlerFailureFilter());
  await app.listen();
  return () => app.close();
}
