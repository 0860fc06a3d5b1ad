import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { openTestHost } from '../support/test-bureau.js';
import { broken } from './support/broken.js';
import { BureauSchedule } from './support/bureau-schedule.js';
import type { ScheduleResult } from './support/bureau-schedule.js';
import { SEED } from './support/seed.js';

/** As many as fit in this time, unless `CONCORD_TEST_SCHEDULES` says how many; `CONCORD_TEST_SCHEDULE` runs a single one. */
const MINUTES = 5;
const { CONCORD_TEST_SCHEDULES: howMany, CONCORD_TEST_SCHEDULE: single } = process.env;

jest.setTimeout((MINUTES + 5) * 60_000);

let host: PluginHost;
beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());

/** @throws Error with the seed and everything that was done, when anything is not as it must be */
function expectRight(number: number, { wrong, sequence }: ScheduleResult): void {
  if (wrong.length === 0) return;
  const again = `CONCORD_TEST_SEED=${SEED} CONCORD_TEST_SCHEDULE=${number}`;
  throw new Error(`${again} does this again:\n  ${wrong.join('\n  ')}\nwhat was done:\n  ${sequence.join('\n  ')}`);
}

describe(`random schedules of faults (CONCORD_TEST_SEED=${SEED})`, () => {
  test('end with what the cases say at the bureau, one file of a name, money conserved and nothing on its way', async () => {
    const end = performance.now() + MINUTES * 60_000;
    let [runs, faults] = [0, 0];
    const first = Number(single ?? 0);
    const last = single === undefined ? Number(howMany ?? Infinity) - 1 : first;
    for (let number = first; number <= last && (howMany !== undefined || performance.now() < end); number += 1) {
      const result = await BureauSchedule.run(SEED, number, host);
      expectRight(number, result);
      runs += 1;
      faults += result.faults;
    }
    expect(faults).toBeGreaterThan(0);
    broken(
      `${runs} random schedules (seed ${SEED})`,
      faults,
      'the bureau holds what the cases say; nothing twice, nothing lost',
    );
  });

  test('bites: a partner whose file system forgets that a name is taken is noticed', async () => {
    let noticed = 0;
    for (let number = 0; number < 10 && noticed === 0; number += 1) {
      const { wrong } = await BureauSchedule.run(SEED, number, host, ({ channel }) => {
        // Every look says that nothing is there: what was delivered is sent again.
        channel.size = async () => null;
        channel.faults.push('rename done, reply lost');
      });
      if (wrong.length > 0) noticed += 1;
    }
    expect(noticed).toBe(1);
    broken('a look at the partner that never finds a file (seeded)', noticed, 'the checker notices it');
  });
});
