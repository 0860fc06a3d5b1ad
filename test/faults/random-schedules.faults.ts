import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { openTestHost } from '../support/test-bureau.js';
import { broken } from './support/broken.js';
import { BureauSchedule } from './support/bureau-schedule.js';
import { runSchedules } from './support/run-schedules.js';
import { SEED } from './support/seed.js';

const MINUTES = 5;

jest.setTimeout((MINUTES + 5) * 60_000);

let host: PluginHost;
beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());

describe(`random schedules of faults (CONCORD_TEST_SEED=${SEED})`, () => {
  test('end with what the cases say at the bureau, one file of a name, money conserved and nothing on its way', async () => {
    const { runs, faults } = await runSchedules(MINUTES, (number) => BureauSchedule.run(SEED, number, host));
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
