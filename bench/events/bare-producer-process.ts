// A producer and nothing else: sends the messages of a file, prepared before the clock runs.
import { kafkaClient } from '@concord/core/events/kafka/kafka-client';
import { KafkaNames } from '@concord/core/events/kafka/topics';
import { benchLog, kafkaSettings } from './kafka.ts';
import { serve } from './part-process.ts';
import type { Bare } from './side.ts';
import { readMessages } from './waiting-events.ts';
import type { WaitingMessage } from './waiting-events.ts';

const ACKNOWLEDGED_BY_ALL = -1;

/** What is sent, and in requests of how many messages at most. */
export interface ToSend {
  readonly file: string;
  readonly batch: number;
}

await serve(async ({ brokers, topicPrefix, file, batch }: Bare & ToSend) => {
  // The default partitioner is that of Kafka's own clients, as Concord's is.
  const kafka = kafkaClient(kafkaSettings(brokers, topicPrefix), 'bench-producer', benchLog);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  const topic = new KafkaNames(topicPrefix).topic('case-events');
  const requests = inRequests(await readMessages(file), batch);
  return {
    work: async () => {
      for (const messages of requests) await producer.send({ topic, acks: ACKNOWLEDGED_BY_ALL, messages });
      return requests.length;
    },
    close: () => producer.disconnect(),
  };
});

/** As a relay cuts them: never two lanes together. */
function inRequests(messages: readonly WaitingMessage[], most: number): { key: string; value: string }[][] {
  const requests: { key: string; value: string }[][] = [];
  let lane: string | undefined;
  for (const message of messages) {
    const request = requests.at(-1);
    const { key, value } = message;
    if (request !== undefined && message.lane === lane && request.length < most) request.push({ key, value });
    else requests.push([{ key, value }]);
    lane = message.lane;
  }
  return requests;
}
