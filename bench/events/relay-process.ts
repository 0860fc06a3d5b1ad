// The gateway's side of the bulk run: publishes what waits in the outbox.
import { connect } from '@concord/core/database/connections';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { benchLog, kafkaSettings } from './kafka.ts';
import { serve } from './part-process.ts';
import type { Side } from './side.ts';

await serve(async ({ databaseUrl, brokers, topicPrefix }: Side) => {
  const gateway = await connect(databaseUrl, 'concord_gateway');
  const transport = await KafkaTransport.open({ settings: kafkaSettings(brokers, topicPrefix), log: benchLog });
  const relay = new OutboxRelay(gateway, transport, CASES_OUTBOX);
  return {
    work: () => relay.drain(),
    close: async () => {
      await transport.close();
      await gateway.destroy();
    },
  };
});
