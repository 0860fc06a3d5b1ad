import { Partitioners } from 'kafkajs';
import type { Kafka, Message, Producer } from 'kafkajs';

/** Well below what a broker takes as one batch unless told otherwise (1 MiB): all messages may go to one partition. */
const BATCH_BYTES = 512 * 1024;
const ACKNOWLEDGED_BY_ALL = -1;
const ACKNOWLEDGED_WITHIN_MS = 30_000;

/**
 * Writes to topics, one request after the other, each acknowledged by all copies. The producer is idempotent, so that what the
 * client sends again by itself is written once; after a failure it is replaced, because one that has lost count of its sequence
 * numbers never recovers.
 */
export class Publisher {
  private producer: Producer | null = null;
  private last: Promise<unknown> = Promise.resolve();
  /** Why the last attempt failed; null while all is well. */
  failure: string | null = null;

  constructor(private readonly kafka: Kafka) {}

  /** Settles when everything is written, in this order for each key. */
  send(topic: string, messages: readonly Message[]): Promise<void> {
    const sent = this.last.then(() => this.sendNow(topic, messages));
    this.last = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    await this.last;
    await this.producer?.disconnect();
    this.producer = null;
  }

  private async sendNow(topic: string, messages: readonly Message[]): Promise<void> {
    try {
      const producer = (this.producer ??= await this.connect());
      for (const batch of batches(messages)) {
        await producer.send({ topic, messages: batch, acks: ACKNOWLEDGED_BY_ALL, timeout: ACKNOWLEDGED_WITHIN_MS });
      }
      this.failure = null;
    } catch (error) {
      this.failure = (error as Error).message;
      const broken = this.producer;
      this.producer = null;
      void broken?.disconnect().catch(() => undefined);
      throw error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // As in Kafka's own clients, so that other programs find a case where its events are.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}

function* batches(messages: readonly Message[]): Generator<Message[]> {
  let batch: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = message.value?.length ?? 0;
    if (batch.length > 0 && bytes + size > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
