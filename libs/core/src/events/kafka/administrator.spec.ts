import { describe, expect, test } from '@jest/globals';
import type { Admin, Kafka } from 'kafkajs';
import { Administrator } from './administrator.js';

/** A cluster whose every connection does what a test says. */
function cluster(answers: readonly ((attempt: number) => Promise<string[]>)[]) {
  const connected: { attempts: number; gone: boolean }[] = [];
  const admin = (): Admin => {
    const each = { attempts: 0, gone: false };
    const answer = answers[connected.push(each) - 1]!;
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(void (each.gone = true)),
      listTopics: () => answer((each.attempts += 1)),
    } as unknown as Admin;
  };
  return { kafka: { admin } as unknown as Kafka, connected };
}
const never = (): Promise<string[]> => new Promise(() => undefined);
const topics = (): Promise<string[]> => Promise.resolve(['a']);
const ask = (administrator: Administrator): Promise<string[]> => administrator.ask((admin) => admin.listTopics());

describe('the administrator', () => {
  test('throws a connection away on which nothing comes back, and asks the next question on another', async () => {
    const { kafka, connected } = cluster([never, topics]);
    const administrator = new Administrator(kafka, 50);
    await expect(ask(administrator)).rejects.toThrow('the cluster did not answer within 0.05 seconds');
    expect(await ask(administrator)).toEqual(['a']);
    expect(connected.map(({ gone }) => gone)).toEqual([true, false]);
    await administrator.close();
    expect(connected.map(({ gone }) => gone)).toEqual([true, true]);
  });

  test('waits for a coordinator that is still loading, on the same connection', async () => {
    const loading = (attempt: number): Promise<string[]> =>
      attempt === 1 ? Promise.reject(Object.assign(new Error(), { type: 'GROUP_LOAD_IN_PROGRESS' })) : topics();
    const { kafka, connected } = cluster([loading]);
    expect(await ask(new Administrator(kafka, 2_000))).toEqual(['a']);
    expect(connected).toEqual([{ attempts: 2, gone: false }]);
  });
});
