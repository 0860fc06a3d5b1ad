// The connectors' side: takes case events in until all of them are applied and their offsets are committed.
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@concord/core/database/connections';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { benchLog, kafkaSettings } from './kafka.ts';
import { serve, sharedNow } from './part-process.ts';
import type { Side } from './side.ts';
import { takeCaseEventsIn } from './taking-in.ts';

const ASK_EVERY_MS = 10;

/** How many events are to come, and whether the time of each is wanted. */
export interface Expected {
  readonly events: number;
  readonly timed: boolean;
}

/** When each change had its effect: by case and version, in milliseconds since 1970. */
export interface TakenIn {
  readonly batches: number;
  readonly times: readonly (readonly [change: string, at: number])[];
}

await serve(async ({ databaseUrl, brokers, topicPrefix, events: expected, timed }: Side & Expected) => {
  const connectors = await connect(databaseUrl, 'concord_connectors');
  const transport = await KafkaTransport.open({ settings: kafkaSettings(brokers, topicPrefix), log: benchLog });
  let left = expected;
  let batches = 0;
  const times: [string, number][] = [];
  const close = await takeCaseEventsIn(connectors, transport, (events) => {
    left -= events.length;
    batches += 1;
    if (!timed) return;
    const now = sharedNow();
    for (const { subject, caseversion } of events) times.push([`${subject} ${caseversion}`, now]);
  });
  while (!transport.health().ready) await delay(ASK_EVERY_MS);
  return {
    work: async () => {
      while (left > 0 || (await transport.backlog('case-events')) > 0) await delay(ASK_EVERY_MS);
      return { batches, times } satisfies TakenIn;
    },
    close: async () => {
      await close();
      await transport.close().catch(() => undefined);
      await connectors.destroy();
    },
  };
});
