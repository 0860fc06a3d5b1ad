import type { Consumer, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { Stream } from '../streams.js';
import type { Administrator } from './administrator.js';
import { standOf } from './backlog.js';
import type { StreamConsumer } from './stream-consumer.js';
import type { KafkaNames } from './topics.js';
import { VitalSigns } from './vital-signs.js';
import type { Patience } from './vital-signs.js';
import { within } from './within.js';

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

export const USUAL_WATCH: Watch = {
  everyMs: 5_000,
  silentMs: 30_000,
  stalledMs: 30_000,
  joiningMs: REBALANCE_WITHIN_MS + 30_000,
};

export interface WatchedConsumerParts {
  readonly kafka: Kafka;
  readonly administrator: Administrator;
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
  private observing = false;

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
    return this.signs?.isInGroup ? struggles : [`${stream}: its consumer is not in its group yet`, ...struggles];
  }

  private async look(): Promise<void> {
    const { stream, log } = this.parts;
    if (this.closed) return;
    // Not waited for: where nobody answers, the consumer hears nothing either, and its silence is enough.
    void this.observe();
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

  private async observe(): Promise<void> {
    const { administrator, names, stream, consumer } = this.parts;
    const signs = this.signs;
    if (signs === null || this.observing) return;
    this.observing = true;
    try {
      const stand = await standOf(administrator, names.topic(stream), names.group(stream));
      signs.observe(stand, consumer.occupation());
    } catch (error) {
      this.noStand(error as Error);
    } finally {
      this.observing = false;
    }
  }

  /** While no client runs, the group's own word is all that tells what its topic no longer has. */
  private async sayWhatExpired(): Promise<void> {
    const { administrator, names, stream, log } = this.parts;
    const stand = await standOf(administrator, names.topic(stream), names.group(stream));
    for (const { partition, lost } of stand) {
      if (lost > 0) log.error({ stream, partition, lost }, 'events expired before they were taken in');
    }
  }

  private readonly noStand = ({ message: reason }: Error): void => {
    this.parts.log.debug({ stream: this.parts.stream, reason }, 'the cluster did not say where the group stands');
  };

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
      const partitions = payload.memberAssignment[names.topic(stream)] ?? [];
      consumer.assigned(partitions);
      signs.joined(partitions);
    });
    client.on(events.REBALANCING, () => signs.rejoining());
    client.on(events.CRASH, ({ payload }) => signs.stopped(payload.error.message));
    client.on(events.STOP, () => signs.stopped('the client stopped'));
    client.on(events.DISCONNECT, () => signs.stopped('the client disconnected'));
    try {
      await this.sayWhatExpired().catch(this.noStand);
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
    if (this.closed) await this.drop();
  }

  /** A wedged client may never say that it is gone. */
  private async drop(): Promise<void> {
    const client = this.client;
    this.client = null;
    this.signs = null;
    this.parts.consumer.assigned([]);
    if (!client) return;
    await within(client.disconnect(), DISCONNECT_WITHIN_MS, 'still connected').catch(() => undefined);
  }
}
