import { describe, expect, test } from '@jest/globals';
import { VitalSigns } from './vital-signs.js';

const PATIENCE = { silentMs: 1_000, stalledMs: 2_000, joiningMs: 5_000 };
const IDLE = { working: false, pausing: new Set<number>() };
const stand = (partition: number, next: number, high: number) => ({ partition, low: 0, high, next, lost: 0 });

function begin() {
  let now = 0;
  const signs = new VitalSigns(PATIENCE, () => now);
  const wait = (ms: number): void => {
    now += ms;
  };
  return { signs, wait };
}

describe('the signs of life of a consumer', () => {
  test('one that gives none for too long has stopped', () => {
    const { signs, wait } = begin();
    signs.joined([0]);
    wait(900);
    expect(signs.illness()).toBeNull();
    wait(1_100);
    expect(signs.illness()).toBe('silent for 2 seconds');
    signs.sign();
    expect(signs.illness()).toBeNull();
  });

  test('one that waits for the others in a rebalance is well, though nothing is heard of it', () => {
    const { signs, wait } = begin();
    signs.joined([0]);
    signs.rejoining();
    wait(900);
    expect(signs.isInGroup).toBe(true);
    wait(4_000);
    expect(signs.illness()).toBeNull();
    expect(signs.isInGroup).toBe(false);
    wait(200);
    expect(signs.illness()).toBe('it does not get into its group');
    signs.joined([]);
    expect(signs.illness()).toBeNull();
    expect(signs.isInGroup).toBe(true);
  });

  test('one whose partition stands still although there is something has stopped', () => {
    const { signs, wait } = begin();
    signs.joined([0, 1]);
    for (let at = 0; at <= 2_500; at += 500) {
      signs.sign();
      signs.observe([stand(0, 5, 9), stand(1, at, 9_999), stand(2, 0, 9)], IDLE);
      wait(500);
    }
    signs.sign();
    expect(signs.illness()).toBe('nothing was taken from partition 0 although there is something');
  });

  test.each([
    ['another partition is being handled, which is fetched together with it', { working: true, pausing: new Set([]) }],
    ['it pauses after a failure', { working: false, pausing: new Set([0]) }],
  ])('a partition may stand still while %s', (_, occupation) => {
    const { signs, wait } = begin();
    signs.joined([0]);
    for (let at = 0; at <= 5_000; at += 500) {
      signs.sign();
      signs.observe([stand(0, 5, 9)], occupation);
      wait(500);
    }
    signs.sign();
    expect(signs.illness()).toBeNull();
  });

  test('what the client said first of its end counts', () => {
    const { signs } = begin();
    signs.joined([0]);
    signs.stopped('the coordinator is gone');
    signs.stopped('the client disconnected');
    expect(signs.illness()).toBe('the coordinator is gone');
    expect(signs.isInGroup).toBe(false);
  });
});
