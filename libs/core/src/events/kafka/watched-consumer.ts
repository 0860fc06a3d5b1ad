import type { Admin, Consumer, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { Stream } from '../streams.js';
import { standOf } from './backlog.js';
import type { StreamConsumer } from './stream-consumer.js';
import type { KafkaNames } from './topics.js';
import { VitalSigns } from './vital-signs.js';
import type { Patience } from './vital-signs.js';

const HEARTBEAT_MS = 1_000;
const REBALANCE_WITHIN_MS = 60_000;
/** A new event is fetched as soon as it is there; this is how long a fetch waits for one. */
const FETCH_WAIT_MS = 500;
const PARTITIONS_AT_ONCE = 4;
const DISCONNECT_WITHIN_MS = 10_000;
/** From then on a partition that fails again and again counts as trouble for whoever is on duty. */
const STRUGGLE_MS = 60_000;

/** How often the consumer is looked at, and how much is let pass. */
export interface Watch extends Patience {
  readonly everyMs: number;
}

export const USUAL_WATCH: Watch = { everyMs: 5_000, silentMs: 30_000, stalledMs: 30_000 };

export interface WatchedConsumerParts {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly names: KafkaNames;
  readonly stream: Stream;
  readonly consumer: StreamConsumer;
  readonly watch: Watch;
  readonly sessionMs: number;
  readonly log: Logger;
}

/**
 * One stream's client of the group, under watch: one that has stopped, or only looks healthy, is replaced. kafkajs restarts itself
 * after some failures and not after others, and can wedge on the way; here it never does, and every end is noticed.
 */
export class WatchedConsumer {
  private client: Consumer | null = null;
  private signs: VitalSigns | null = null;
  private trouble: string | null = null;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(private readonly parts: WatchedConsumerParts) {}

  /** @throws KafkaJSError when the cluster can't be reached */
  async start(): Promise<void> {
    await this.open();
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look()).catch(() => undefined);
    }, this.parts.watch.everyMs);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearInterval(this.timer);
    await this.looking;
    await this.drop();
  }

  /** Why the stream is not being taken in as it should; empty while all is well. */
  reasons(): string[] {
    const { stream, consumer } = this.parts;
    const now = Date.now();
    const struggles = consumer
      .struggles()
      .filter(({ since }) => now - since > STRUGGLE_MS)
      .map(({ partition, reason }) => `${stream}, partition ${partition}: fails again and again: ${reason}`);
    const illness = this.trouble ?? this.signs?.illness() ?? null;
    if (illness !== null) return [`${stream}: ${illness}`, ...struggles];
    return this.signs?.hasJoined ? struggles : [`${stream}: its consumer is not in its group yet`, ...struggles];
  }

  private async look(): Promise<void> {
    const { admin, names, stream, consumer, log } = this.parts;
    if (this.closed) return;
    if (this.signs !== null) {
      await standOf(admin, names.topic(stream), names.group(stream)).then(
        (stand) => {
          for (const { partition, lost } of stand) {
            if (lost > 0) log.error({ stream, partition, lost }, 'events expired before they were taken in');
          }
          this.signs?.observe(stand, consumer.busyPartitions());
        },
        // Where nobody answers, the consumer hears nothing either, and will be silent.
        (error: Error) =>
          log.debug({ stream, reason: error.message }, 'the cluster did not say where the group stands'),
      );
    }
    const illness = this.signs === null ? (this.trouble ?? 'not connected') : this.signs.illness();
    if (illness === null) return;
    log.error({ stream, reason: illness }, 'the consumer of a stream has stopped: it is replaced');
    this.trouble = illness;
    await this.drop();
    try {
      if (!this.closed) await this.open();
    } catch (error) {
      this.trouble = (error as Error).message;
      log.error({ stream, reason: this.trouble }, 'the consumer of a stream could not be replaced: tried again');
    }
  }

  private async open(): Promise<void> {
    const { kafka, names, stream, consumer, watch, sessionMs } = this.parts;
    const client = kafka.consumer({
      groupId: names.group(stream),
      allowAutoTopicCreation: false,
      sessionTimeout: sessionMs,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_WITHIN_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: () => Promise.resolve(false) },
    });
    const signs = new VitalSigns(watch, () => Date.now());
    const { events } = client;
    client.on(events.HEARTBEAT, () => signs.sign());
    client.on(events.FETCH, () => signs.sign());
    client.on(events.GROUP_JOIN, ({ payload }) => {
      consumer.reassigned();
      signs.joined(payload.memberAssignment[names.topic(stream)] ?? []);
    });
    client.on(events.CRASH, ({ payload }) => signs.stopped(payload.error.message));
    client.on(events.STOP, () => signs.stopped('the client stopped'));
    client.on(events.DISCONNECT, () => signs.stopped('the client disconnected'));
    try {
      await client.connect();
      await client.subscribe({ topic: names.topic(stream), fromBeginning: true });
      await consumer.run(client, PARTITIONS_AT_ONCE);
    } catch (error) {
      await client.disconnect().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.signs = signs;
    this.trouble = null;
  }

  /** A wedged client may never say that it is gone. */
  private async drop(): Promise<void> {
    const client = this.client;
    this.client = null;
    this.signs = null;
    if (!client) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, DISCONNECT_WITHIN_MS)));
    await Promise.race([client.disconnect().catch(() => undefined), late]);
    clearTimeout(timer);
  }
}
