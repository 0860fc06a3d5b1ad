import { describe, expect, test } from '@jest/globals';
import { PartitionAttempts } from './partition-attempts.js';

describe('what a partition goes through after failures', () => {
  test('a batch is tried four times, with pauses that grow, and then event by event', () => {
    const attempts = new PartitionAttempts();
    const pauses = [1, 2, 3].map(() => attempts.failed(10, false));
    expect(pauses).toEqual([250, 500, 1_000].map((ms) => ({ do: 'pause', ms })));
    expect(attempts.failed(10, false)).toEqual({ do: 'isolate' });
    expect(attempts.limit(2_000)).toBe(1);
    attempts.succeeded(false);
    expect(attempts.failed(1, false)).toEqual({ do: 'bury' });
    attempts.succeeded(true);
    expect(attempts.limit(2_000)).toBe(2_000);
    expect(attempts.failed(10, false)).toEqual({ do: 'pause', ms: 250 });
  });

  test('a passing failure is waited for as long as it takes, and buries nothing', () => {
    const attempts = new PartitionAttempts();
    const done = Array.from({ length: 50 }, () => attempts.failed(1, true));
    expect(done.every((each) => each.do === 'pause')).toBe(true);
    expect(done.at(-1)).toEqual({ do: 'pause', ms: 30_000 });
  });
});
