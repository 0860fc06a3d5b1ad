import { Partitioners } from 'kafkajs';
import type { Kafka, Message, Producer } from 'kafkajs';
import { within } from './within.js';

/** Well below what a broker takes as one batch unless told otherwise (1 MiB): all messages may go to one partition. */
const BATCH_BYTES = 512 * 1024;
const ACKNOWLEDGED_BY_ALL = -1;
const ACKNOWLEDGED_WITHIN_MS = 30_000;
const DISCONNECT_WITHIN_MS = 10_000;
/** What waits to be published is tried again within seconds. */
const FAILURE_COUNTS_MS = 60_000;

/**
 * Writes to topics, one request after the other, each acknowledged by all copies. The producer is idempotent, so that what the
 * client sends again by itself is written once; after a failure it is replaced, because one that has lost count of its sequence
 * numbers never recovers.
 */
export class Publisher {
  private producer: Producer | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private sending = 0;
  private failed: { readonly reason: string; readonly at: number } | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Why the last attempt failed; null while all is well. A failure that nobody repeats is forgotten: another process has
   * published what waited, and no success would ever end it here.
   */
  get failure(): string | null {
    if (this.failed === null) return null;
    const counts = this.sending > 0 || this.now() - this.failed.at < FAILURE_COUNTS_MS;
    return counts ? this.failed.reason : null;
  }

  /** Settles when everything is written, in this order for each key. */
  send(topic: string, messages: readonly Message[]): Promise<void> {
    const sent = this.last.then(() => this.sendNow(topic, messages));
    this.last = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    await this.last;
    const producer = this.producer;
    this.producer = null;
    if (!producer) return;
    await within(producer.disconnect(), DISCONNECT_WITHIN_MS, 'still connected').catch(() => undefined);
  }

  private async sendNow(topic: string, messages: readonly Message[]): Promise<void> {
    this.sending += 1;
    try {
      const producer = (this.producer ??= await this.connect());
      for (const batch of batches(messages)) {
        await producer.send({ topic, messages: batch, acks: ACKNOWLEDGED_BY_ALL, timeout: ACKNOWLEDGED_WITHIN_MS });
      }
      this.failed = null;
    } catch (error) {
      this.failed = { reason: (error as Error).message, at: this.now() };
      const broken = this.producer;
      this.producer = null;
      void broken?.disconnect().catch(() => undefined);
      throw error;
    } finally {
      this.sending -= 1;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // The outbox tries again, and holds a transaction open meanwhile.
      retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
      // As in Kafka's own clients, so that other programs find a case where its events are.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    try {
      await producer.connect();
    } catch (error) {
      // It may have got a connection before it failed to get its number.
      void producer.disconnect().catch(() => undefined);
      throw error;
    }
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
