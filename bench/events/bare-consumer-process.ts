// A consumer and nothing else: counts the messages and commits once a batch.
import { kafkaClient } from '@concord/core/events/kafka/kafka-client';
import { KafkaNames, prepareTopics } from '@concord/core/events/kafka/topics';
import { benchLog, kafkaSettings } from './kafka.ts';
import { serve } from './part-process.ts';
import type { Bare } from './side.ts';

/** As many partitions side by side as Concord's consumer takes. */
const PARTITIONS_AT_ONCE = 4;

await serve(async ({ brokers, topicPrefix, events }: Bare & { readonly events: number }) => {
  const settings = kafkaSettings(brokers, topicPrefix);
  const kafka = kafkaClient(settings, 'bench-consumer', benchLog);
  const names = new KafkaNames(topicPrefix);
  const topic = names.topic('case-events');
  const admin = kafka.admin();
  await admin.connect();
  await prepareTopics(admin, names, settings);
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: names.group('case-events'), maxWaitTimeInMs: 500 });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  let left = events;
  let finish!: () => void;
  const all = new Promise<void>((resolve) => (finish = resolve));
  let batches = 0;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch: async (payload) => {
      const { batch } = payload;
      const offset = (BigInt(batch.lastOffset()) + 1n).toString();
      await payload.commitOffsetsIfNecessary({
        topics: [{ topic, partitions: [{ partition: batch.partition, offset }] }],
      });
      batches += 1;
      left -= batch.messages.length;
      if (left <= 0) finish();
    },
  });
  await joined;
  return {
    work: async () => {
      await all;
      return batches;
    },
    close: () => consumer.disconnect(),
  };
});
