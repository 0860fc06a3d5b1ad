import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { openTestHost } from '../support/test-bureau.js';
import { AgencySchedule } from './support/agency-schedule.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';
import { runSchedules } from './support/run-schedules.js';
import { SEED } from './support/seed.js';

const MINUTES = 2.5;
/** What keeps a record from having its effect again: once where it is read, and once where it is posted. */
const OWN_KEY = /when g\.new_key and g\.occurrence = 1 then 'applied'/;
const LEDGER_KEY = /\$5 \|\| ':' \|\| key,\s+reverses/;
const POSTED_TWICE = /did not tell payment of .* \(again\), the office has it/;

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

  test('bites: a payment whose key is ignored, so that a corrected file posts it twice, is noticed', async () => {
    let noticed = 0;
    for (let number = 0; number < 10 && noticed === 0; number += 1) {
      const { wrong } = await AgencySchedule.run(SEED, number, host, ({ connectors, gateway }) => {
        new BetweenStatements(connectors).replace = (statement) =>
          statement.replace(OWN_KEY, "when true then 'applied'");
        new BetweenStatements(gateway).replace = (statement) =>
          statement.replace(LEDGER_KEY, "$5 || ':' || key || gen_random_uuid(), reverses");
      });
      if (wrong.some((each) => POSTED_TWICE.test(each))) noticed += 1;
    }
    expect(noticed).toBe(1);
    broken('the key of a payment ignored on both sides (seeded)', noticed, 'the checker finds the second posting');
  });
});
