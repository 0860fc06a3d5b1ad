import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reviewArrangements } from '@concord/core/arrangements/arrangement-review';
import { violations } from '@concord/core/cases/conservation';
import { registerDebts } from '@concord/core/cases/registration';
import { loadJurisdictions } from '@concord/core/configuration/jurisdiction-file';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import { demoCounts, demoRows } from '@concord/core/demo/demo-rows';
import { carryOutHistory } from '@concord/core/demo/history/carry-out-history';
import { demoHistory } from '@concord/core/demo/history/demo-history';
import { SetClock } from '../support/set-clock.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { testCipher } from '../support/test-keys.js';
import { asked } from '../support/test-office.js';

const AS_OF = '2026-11-20';
const CLOCK = new SetClock(`${AS_OF}T15:00:00Z`);

let database: TestDatabase;
let jurisdictions: readonly Jurisdiction[];

beforeAll(async () => {
  database = await openTestDatabase();
  const result = await loadJurisdictions(fileURLToPath(new URL('../../config/jurisdictions', import.meta.url)));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  ({ jurisdictions } = result);
  await storeJurisdictions(database.gateway, jurisdictions);
});
afterAll(() => database.close());

const counted = async (statement: string, office: string): Promise<number> =>
  (await database.asOwner<{ n: number }>(`select count(*)::int as n from (${statement}) as c`, [office]))[0]!.n;
const changes = (office: string): Promise<number> =>
  counted(
    'select 1 from cases.change h join cases.case_file c on c.id = h.case_id where c.jurisdiction_id = $1',
    office,
  );

describe.each(Object.keys(demoCounts))('the history of the made-up cases of %s', (office) => {
  test('is carried out once, and the money is conserved', async () => {
    const jurisdiction = jurisdictions.find(({ id }) => id === office)!;
    const made = [...demoRows(office, { asOf: AS_OF, count: demoCounts[office]!, seed: 1 })];
    const context = { ...asked(), at: CLOCK.now(), jurisdictionId: office, source: 'test', firstReviewOn: () => null };
    const outcomes = await database.gateway.transaction((manager) =>
      registerDebts(manager, testCipher(), context, made),
    );
    expect(outcomes.filter(({ outcome }) => outcome !== 'registered')).toEqual([]);

    const items = demoHistory(office, made, AS_OF);
    const by = { jurisdiction, clock: CLOCK, ...asked() };
    await carryOutHistory(database.gateway, by, items);
    const first = await changes(office);
    await carryOutHistory(database.gateway, by, items);
    expect(await changes(office)).toBe(first);
    expect(await violations(database.gateway, office)).toEqual([]);

    const agreed = items.filter(({ does }) => does === 'agree').length;
    const { breached, completed } = await reviewArrangements(database.gateway, context, AS_OF);
    expect(await counted('select 1 from cases.arrangement where jurisdiction_id = $1', office)).toBe(agreed);
    expect(breached).toBeGreaterThan(0);
    expect(agreed - breached - completed).toBeGreaterThan(0);
    if (office === 'us-nm-las-cruces') expect([agreed, breached, completed]).toEqual([12, 3, 2]);
    // Again, after the day marked them: nothing comes back.
    await carryOutHistory(database.gateway, by, items);
    expect(
      await counted(
        'select 1 from cases.debt d join cases_v1.ledger_sum s on s.debt_id = d.id where s.balance_minor < 0 and d.jurisdiction_id = $1',
        office,
      ),
    ).toBe(1);
    const discharged = `select 1 from cases.stop s join cases.case_file c on c.id = s.case_id
      where s.follows is not null and c.jurisdiction_id = $1`;
    expect(await counted(discharged, office)).toBeGreaterThan(0);
  });
});
