import { hostname } from 'node:os';
import type { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { silentCheckpoints } from '../../platform/checkpoints.js';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import { systemClock } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { EventBatchHandler, EventMessage, EventTransport, TransportHealth } from '../event-transport.js';
import type { Stream } from '../streams.js';
import { Administrator } from './administrator.js';
import { backlogOf, standOf } from './backlog.js';
import { DeadLetters } from './dead-letters.js';
import { kafkaClient } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';
import { Publisher } from './publisher.js';
import { reach } from './reach.js';
import { StreamConsumer } from './stream-consumer.js';
import { KafkaNames, prepareTopics } from './topics.js';
import { USUAL_WATCH, WatchedConsumer } from './watched-consumer.js';
import type { Watch } from './watched-consumer.js';

export interface KafkaTransportOptions {
  readonly settings: KafkaSettings;
  readonly log: Logger;
  readonly checkpoints?: CheckpointListener;
  readonly clock?: Clock;
  readonly watch?: Watch;
  /** Makes the client; a seam for tests that break it. */
  readonly client?: Kafka;
}

/** Carries events over Kafka, one topic a stream, keyed by case or connector. The outbox is the publisher's memory, the inbox the consumer's. */
export class KafkaTransport implements EventTransport {
  readonly deadLetters: DeadLetters;
  private readonly publisher: Publisher;
  private readonly consumers: WatchedConsumer[] = [];

  private constructor(
    private readonly kafka: Kafka,
    private readonly administrator: Administrator,
    private readonly names: KafkaNames,
    private readonly options: KafkaTransportOptions,
  ) {
    this.publisher = new Publisher(kafka);
    this.deadLetters = new DeadLetters(kafka, names, this.publisher, options.clock ?? systemClock);
  }

  /**
   * Connects, and sees to the topics.
   *
   * @throws Refusal `kafka-unreachable`, or `kafka-topics` when a topic is missing and can't be created
   */
  static async open(options: KafkaTransportOptions): Promise<KafkaTransport> {
    const { settings, log } = options;
    const kafka = options.client ?? kafkaClient(settings, `concord-${hostname()}-${process.pid}`, log);
    const names = new KafkaNames(settings.topicPrefix);
    const administrator = new Administrator(kafka);
    try {
      const prepared = administrator.ask((admin) => prepareTopics(admin, names, settings));
      for (const difference of await reach(settings, prepared)) log.warn({ difference }, 'Kafka topics differ');
    } catch (error) {
      await administrator.close();
      throw error;
    }
    return new KafkaTransport(kafka, administrator, names, options);
  }

  publish(stream: Stream, messages: readonly EventMessage[]): Promise<void> {
    return this.publisher.send(
      this.names.topic(stream),
      messages.map(({ key, body }) => ({ key, value: body })),
    );
  }

  async subscribe(stream: Stream, handler: EventBatchHandler): Promise<void> {
    const { log, settings, checkpoints = silentCheckpoints, watch = USUAL_WATCH } = this.options;
    const { sessionMs } = settings;
    const { kafka, administrator, names, deadLetters } = this;
    const consumer = new StreamConsumer({ stream, handler, deadLetters, checkpoints, log });
    const watched = new WatchedConsumer({ kafka, administrator, names, stream, consumer, watch, sessionMs, log });
    this.consumers.push(watched);
    await watched.start();
  }

  async backlog(stream: Stream): Promise<number> {
    return backlogOf(await standOf(this.administrator, this.names.topic(stream), this.names.group(stream)));
  }

  health(): TransportHealth {
    const { failure } = this.publisher;
    const publishing = failure === null ? [] : [`events can't be published: ${failure}`];
    const reasons = [...publishing, ...this.consumers.flatMap((consumer) => consumer.reasons())];
    return { ready: reasons.length === 0, reasons };
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    await this.publisher.close();
    await this.administrator.close();
  }
}
