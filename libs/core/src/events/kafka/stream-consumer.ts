import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import { withCorrelations } from '../../platform/correlation.js';
import type { ConcordEvent } from '../concord-event.js';
import type { EventBatchHandler } from '../event-transport.js';
import { STREAMS } from '../streams.js';
import type { Stream } from '../streams.js';
import type { DeadLetters } from './dead-letters.js';
import { PartitionAttempts } from './partition-attempts.js';
import { isPassing } from './passing-failure.js';
import type { Occupation } from './vital-signs.js';

/** Most events that are handled in one transaction. */
const BATCH = 2000;
/** Between two signs of life to the group while a batch is handled. */
const BEAT_MS = 1_000;

/** A partition that is not getting on, since when and why. */
export interface Struggle {
  readonly partition: number;
  readonly since: number;
  readonly reason: string;
}

interface PartitionState {
  readonly attempts: PartitionAttempts;
  /** Events up to here failed together and are tried one by one. */
  isolatedThrough: bigint;
  struggle: Struggle | null;
  doing: 'nothing' | 'handling' | 'pausing';
  /** The event that comes next in the order of the topic, where one was handled. */
  next: bigint | null;
  /** How long the partition waits when it is paused next. */
  pauseMs: number;
}

export interface StreamConsumerParts {
  readonly stream: Stream;
  readonly handler: EventBatchHandler;
  readonly deadLetters: DeadLetters;
  readonly checkpoints: CheckpointListener;
  readonly log: Logger;
}

/**
 * Takes one stream's batches in: hands them on, commits offsets when the handler is done, and keeps what fails in one partition
 * from holding up the others. It outlives the clients that feed it, which may be replaced.
 */
export class StreamConsumer {
  private readonly partitions = new Map<number, PartitionState>();

  constructor(private readonly parts: StreamConsumerParts) {}

  occupation(): Occupation {
    const all = [...this.partitions];
    return {
      working: all.some(([, { doing }]) => doing === 'handling'),
      pausing: new Set(all.filter(([, { doing }]) => doing === 'pausing').map(([partition]) => partition)),
    };
  }

  struggles(): Struggle[] {
    return [...this.partitions.values()].flatMap(({ struggle }) => (struggle ? [struggle] : []));
  }

  /** What was counted for partitions that another process may have had meanwhile is forgotten. */
  assigned(partitions: readonly number[]): void {
    for (const known of [...this.partitions.keys()]) if (!partitions.includes(known)) this.partitions.delete(known);
  }

  /** Feeds from a client until that stops. */
  async run(consumer: Consumer, partitionsAtOnce: number): Promise<void> {
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => this.takeBatch(payload),
    });
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const state = this.stateOf(batch.partition);
    const beat = setInterval(() => void payload.heartbeat().catch(() => undefined), BEAT_MS);
    state.doing = 'handling';
    this.sayWhatExpired(state, batch.partition, batch.messages[0]);
    try {
      for (let from = 0; from < batch.messages.length;) {
        if (!payload.isRunning() || payload.isStale()) return;
        const messages = batch.messages.slice(from, from + state.attempts.limit(BATCH));
        const handled = await this.handle(state, batch.partition, messages);
        if (handled === null) return this.pause(payload, state);
        if (handled === 0) continue;
        from += handled;
        const last = messages[handled - 1]!;
        payload.resolveOffset(last.offset);
        state.next = BigInt(last.offset) + 1n;
        await commit(payload, last);
      }
    } finally {
      clearInterval(beat);
      if (state.doing === 'handling') state.doing = 'nothing';
    }
  }

  /** @returns how many of the messages are done with, or null when the partition must pause */
  private async handle(
    state: PartitionState,
    partition: number,
    messages: readonly KafkaMessage[],
  ): Promise<number | null> {
    const readable = this.readable(messages);
    if (readable.events.length > 0) {
      const failure = await this.attempt(readable.events);
      if (failure !== null) {
        const failed = messages.slice(0, readable.events.length);
        return withCorrelations(
          readable.events.map(({ correlationid }) => correlationid),
          () => this.afterFailure(state, partition, failed, failure.reason),
        );
      }
    }
    // What can't be read at all will not be readable later: it waits for a person, and the partition goes on.
    if (readable.unreadable) {
      const message = messages[readable.events.length]!;
      await this.bury(partition, message, readable.unreadable.reason);
    }
    const done = readable.events.length + (readable.unreadable ? 1 : 0);
    state.attempts.succeeded(BigInt(messages[done - 1]!.offset) >= state.isolatedThrough);
    state.struggle = null;
    return done;
  }

  private async attempt(events: readonly ConcordEvent[]): Promise<{ readonly reason: unknown } | null> {
    try {
      await this.parts.handler(events);
    } catch (reason) {
      return { reason };
    }
    await this.parts.checkpoints.reached('after-handling', this.parts.stream);
    return null;
  }

  private async afterFailure(
    state: PartitionState,
    partition: number,
    messages: readonly KafkaMessage[],
    failure: unknown,
  ): Promise<number | null> {
    const { log, stream } = this.parts;
    const next = state.attempts.failed(messages.length, isPassing(failure));
    state.struggle = {
      partition,
      since: state.struggle?.since ?? Date.now(),
      reason: failure instanceof Error ? failure.message : String(failure),
    };
    log.warn(
      { stream, partition, offset: messages[0]!.offset, events: messages.length, next, err: failure },
      'events failed',
    );
    switch (next.do) {
      case 'pause':
        state.pauseMs = next.ms;
        return null;
      case 'isolate':
        state.isolatedThrough = BigInt(messages.at(-1)!.offset);
        return 0;
      case 'bury':
        await this.bury(partition, messages[0]!, failure);
        state.attempts.succeeded(BigInt(messages[0]!.offset) >= state.isolatedThrough);
        state.struggle = null;
        return 1;
    }
  }

  /** The offset stays where it is: the partition is read again from there after the pause, and others go on. */
  private pause(payload: EachBatchPayload, state: PartitionState): void {
    const resume = payload.pause();
    state.doing = 'pausing';
    setTimeout(() => {
      if (state.doing === 'pausing') state.doing = 'nothing';
      // The client may have been replaced meanwhile; its partitions are another's then.
      try {
        resume();
      } catch {
        return;
      }
    }, state.pauseMs).unref();
  }

  /** Offsets of a topic have no gaps until its retention makes one. */
  private sayWhatExpired(state: PartitionState, partition: number, first: KafkaMessage | undefined): void {
    if (first === undefined || state.next === null) return;
    const lost = BigInt(first.offset) - state.next;
    if (lost <= 0n) return;
    const { log, stream } = this.parts;
    log.error({ stream, partition, lost: Number(lost) }, 'events expired before they were taken in');
  }

  private async bury(partition: number, message: KafkaMessage, failure: unknown): Promise<void> {
    const { log, stream, deadLetters } = this.parts;
    const { id, reason } = await deadLetters.bury(stream, partition, message, failure);
    log.error({ stream, partition, deadLetter: id, reason }, 'an event could not be handled: it is a dead letter now');
  }

  /** The events up to the first that can't be read. */
  private readable(messages: readonly KafkaMessage[]): {
    readonly events: ConcordEvent[];
    readonly unreadable: { readonly reason: unknown } | null;
  } {
    const events: ConcordEvent[] = [];
    const { parse } = STREAMS[this.parts.stream];
    for (const { value } of messages) {
      try {
        events.push(parse(JSON.parse((value ?? Buffer.alloc(0)).toString('utf8'))));
      } catch (reason) {
        return { events, unreadable: { reason } };
      }
    }
    return { events, unreadable: null };
  }

  private stateOf(partition: number): PartitionState {
    const known = this.partitions.get(partition);
    if (known) return known;
    const fresh: PartitionState = {
      attempts: new PartitionAttempts(),
      isolatedThrough: -1n,
      struggle: null,
      doing: 'nothing',
      next: null,
      pauseMs: 0,
    };
    this.partitions.set(partition, fresh);
    return fresh;
  }
}

/** The offset of the next event to be taken in, as Kafka counts. */
async function commit(payload: EachBatchPayload, last: KafkaMessage): Promise<void> {
  const { topic, partition } = payload.batch;
  const offset = (BigInt(last.offset) + 1n).toString();
  await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
}
