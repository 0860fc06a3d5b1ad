import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { openTestHost } from '../support/test-bureau.js';
import { AgencySchedule } from './support/agency-schedule.js';
import { broken } from './support/broken.js';
import { runSchedules } from './support/run-schedules.js';
import { SEED } from './support/seed.js';

const MINUTES = 3;

jest.setTimeout((MINUTES + 5) * 60_000);

let host: PluginHost;
beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());

describe(`random schedules of faults at collection agencies (CONCORD_TEST_SEED=${SEED})`, () => {
  test('end with each debt at one agency at most, each record applied once, money conserved and nothing on its way', async () => {
    const { runs, faults } = await runSchedules(MINUTES, (number) => AgencySchedule.run(SEED, number, host));
    expect(faults).toBeGreaterThan(0);
    broken(
      `${runs} random schedules of agencies (seed ${SEED})`,
      faults,
      'one agency a debt, none of a stopped one; each payment posted once, to the cent; every file once',
    );
  });
});
