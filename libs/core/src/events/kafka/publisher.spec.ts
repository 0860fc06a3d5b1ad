import { describe, expect, test } from '@jest/globals';
import type { Kafka, Producer } from 'kafkajs';
import { Publisher } from './publisher.js';

function cluster(fails: () => boolean) {
  const made: { gone: boolean; sent: number[] }[] = [];
  const producer = (): Producer => {
    const each = { gone: false, sent: [] as number[] };
    made.push(each);
    return {
      connect: () => (fails() ? Promise.reject(new Error('nobody listens')) : Promise.resolve()),
      disconnect: () => Promise.resolve(void (each.gone = true)),
      send: ({ messages }: { messages: unknown[] }) =>
        fails() ? Promise.reject(new Error('not acknowledged')) : Promise.resolve(each.sent.push(messages.length)),
    } as unknown as Producer;
  };
  return { kafka: { producer } as unknown as Kafka, made };
}

describe('the publisher', () => {
  test('replaces a producer that failed, and leaves no connection behind', async () => {
    let failing = true;
    const { kafka, made } = cluster(() => failing);
    const publisher = new Publisher(kafka);
    await expect(publisher.send('t', [{ value: 'a' }])).rejects.toThrow('nobody listens');
    expect(publisher.failure).toBe('nobody listens');
    failing = false;
    await publisher.send('t', [{ value: 'a' }]);
    expect(publisher.failure).toBeNull();
    failing = true;
    await expect(publisher.send('t', [{ value: 'a' }])).rejects.toThrow('not acknowledged');
    await publisher.close();
    expect(made.map(({ gone }) => gone)).toEqual([true, true]);
  });

  test('forgets a failure that nobody repeats: another process has published what waited', async () => {
    let now = 0;
    const publisher = new Publisher(cluster(() => true).kafka, () => now);
    await expect(publisher.send('t', [{ value: 'a' }])).rejects.toThrow();
    now = 59_000;
    expect(publisher.failure).toBe('nobody listens');
    now = 61_000;
    expect(publisher.failure).toBeNull();
  });

  test('sends much in several requests, well below what a broker takes as one', async () => {
    const { kafka, made } = cluster(() => false);
    await new Publisher(kafka).send(
      't',
      Array.from({ length: 30 }, () => ({ value: 'x'.repeat(50_000) })),
    );
    expect(made[0]!.sent).toEqual([10, 10, 10]);
  });
});
