import { randomUUID } from 'node:crypto';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import type { Stream } from '../streams.js';
import { ALL_STREAMS } from '../streams.js';
import type { Publisher } from './publisher.js';
import type { KafkaNames } from './topics.js';
import { within } from './within.js';

const READ_WITHIN_MS = 30_000;
const LONGEST_REASON = 500;

const letter = z.object({
  id: z.string(),
  stream: z.enum(ALL_STREAMS as [Stream, ...Stream[]]),
  partition: z.int().nonnegative(),
  offset: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
  key: z.string().nullable(),
  /** Base64, because it may be anything. */
  body: z.string(),
});

/** An event that could not be handled, where it stood, and why. */
export type DeadLetter = Readonly<z.output<typeof letter>>;

/**
 * The events that could not be handled, as a table in a topic: the newest record of an id is its state, an empty one means that a
 * person has seen to it.
 */
export class DeadLetters {
  constructor(
    private readonly kafka: Kafka,
    private readonly names: KafkaNames,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** Settles when the event is safe there; only then may the consumer go on without it. */
  async bury(stream: Stream, partition: number, message: KafkaMessage, failure: unknown): Promise<DeadLetter> {
    const buried: DeadLetter = {
      id: `${stream}-${partition}-${message.offset}`,
      stream,
      partition,
      offset: message.offset,
      at: this.clock.now().toISOString(),
      reason: reasonOf(failure),
      key: message.key?.toString('utf8') ?? null,
      body: (message.value ?? Buffer.alloc(0)).toString('base64'),
    };
    await this.publisher.send(this.names.deadLetters, [{ key: buried.id, value: JSON.stringify(buried) }]);
    return buried;
  }

  /** Those that nobody has seen to, the oldest first. */
  async list(): Promise<DeadLetter[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return [...(await this.read(admin)).values()];
    } finally {
      await admin.disconnect();
    }
  }

  /**
   * Publishes events again, each to its own stream, where it comes after everything that is there; what handles it ignores what is
   * older than it knows.
   *
   * @throws Refusal `dead-letter-unknown` before anything is published
   */
  async replay(ids: readonly string[] | 'all'): Promise<DeadLetter[]> {
    const chosen = await this.chosen(ids);
    for (const each of chosen) {
      await this.publisher.send(this.names.topic(each.stream), [
        { key: each.key, value: Buffer.from(each.body, 'base64'), headers: { 'concord-replay-of': each.id } },
      ]);
      await this.close(each);
    }
    return chosen;
  }

  /** @throws Refusal `dead-letter-unknown` before any is dismissed */
  async dismiss(ids: readonly string[]): Promise<DeadLetter[]> {
    const chosen = await this.chosen(ids);
    for (const each of chosen) await this.close(each);
    return chosen;
  }

  private async chosen(ids: readonly string[] | 'all'): Promise<DeadLetter[]> {
    const waiting = await this.list();
    if (ids === 'all') return waiting;
    const unknown = ids.find((id) => !waiting.some((each) => each.id === id));
    if (unknown !== undefined) throw new Refusal('dead-letter-unknown', `no dead letter has the id ${unknown}`);
    return waiting.filter(({ id }) => ids.includes(id));
  }

  private close({ id }: DeadLetter): Promise<void> {
    return this.publisher.send(this.names.deadLetters, [{ key: id, value: null }]);
  }

  private async read(admin: Admin): Promise<Map<string, DeadLetter>> {
    const topic = this.names.deadLetters;
    const held = new Map<string, DeadLetter>();
    const [stand] = await admin.fetchTopicOffsets(topic);
    if (!stand || stand.low === stand.high) return held;
    const end = Number(stand.high);
    const groupId = `${this.names.prefixed}.dead-letters-reader-${randomUUID()}`;
    const consumer = this.kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
    let complete!: () => void;
    let fail!: (reason: unknown) => void;
    const whole = new Promise<void>((resolve, reject) => {
      complete = resolve;
      fail = reject;
    });
    whole.catch(() => undefined);
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          try {
            for (const message of batch.messages) take(held, message);
          } catch (error) {
            // Thrown here it would only have the client read the same again.
            fail(error);
          }
          if (Number(batch.lastOffset()) >= end - 1) complete();
          return Promise.resolve();
        },
      });
      await within(whole, READ_WITHIN_MS, 'the dead letters were not read');
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => undefined);
    }
    return held;
  }
}

function take(held: Map<string, DeadLetter>, { key, value }: KafkaMessage): void {
  const id = key?.toString('utf8') ?? '';
  if (value === null) {
    held.delete(id);
    return;
  }
  try {
    held.set(id, letter.parse(JSON.parse(value.toString('utf8'))));
  } catch {
    throw new Error(`what stands under ${id || 'no key'} in the topic of dead letters is none`);
  }
}

/** Messages name rules and places; values stay in the event. */
function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'something that is not an error was thrown';
  // Its message quotes what stands there.
  if (failure instanceof SyntaxError) return 'it is not JSON';
  const issues =
    failure instanceof z.ZodError ? failure.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) : null;
  return (issues?.join('; ') ?? failure.message).slice(0, LONGEST_REASON);
}
