import type { Expected, TakenIn } from './connectors-process.ts';
import type { ToSend } from './bare-producer-process.ts';
import { Part } from './part.ts';
import { sharedNow } from './part-process.ts';
import type { PartReport } from './part-process.ts';
import type { Bare, Side } from './side.ts';

/** One run of a producing and a consuming process. */
export interface Bulk {
  readonly seconds: number;
  readonly producing: PartReport<number>;
  readonly consuming: PartReport<unknown>;
}

/** Lets a relay publish everything that waits, while the connectors' side takes it in. */
export async function applyWaiting(
  side: Side,
  events: number,
): Promise<Bulk & { readonly consuming: PartReport<TakenIn> }> {
  const connectors = await Part.start<TakenIn>('connectors-process', {
    ...side,
    ...({ events, timed: false } satisfies Expected),
  });
  const relay = await Part.start<number>('relay-process', side);
  return sideBySide(relay, connectors);
}

/** Sends the same messages, and takes them in, by nothing but Kafka's client. */
export async function sendBare(bare: Bare, sending: ToSend, events: number): Promise<Bulk> {
  const consumer = await Part.start<number>('bare-consumer-process', { ...bare, events });
  const producer = await Part.start<number>('bare-producer-process', { ...bare, ...sending });
  return sideBySide(producer, consumer);
}

async function sideBySide<R>(producer: Part<number>, consumer: Part<R>) {
  try {
    const consumed = consumer.work();
    const began = sharedNow();
    const [producing, consuming] = await Promise.all([producer.work(), consumed]);
    return { seconds: (Math.max(producing.doneAt, consuming.doneAt) - began) / 1000, producing, consuming };
  } finally {
    await Promise.all([producer.end(), consumer.end()]);
  }
}
