import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { locateDebtByName } from '@concord/core/cases/case-lookup';
import { isNamedDebt } from '@concord/core/cases/named-debt.sql';
import { rows } from '@concord/core/database/sql';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { openTestOffice } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';

let database: TestDatabase;
let debt: RegisteredDebt;
beforeAll(async () => {
  database = await openTestDatabase();
  debt = await (await openTestOffice(database)).debt(debtRow());
});
afterAll(() => database.close());

test('a debt is found by its number and by its id, and by nothing else', async () => {
  for (const name of [debt.id, debt.id.toUpperCase(), debt.number]) {
    expect((await locateDebtByName(database.gateway, name)).id).toBe(debt.id);
  }
  for (const name of [
    '',
    'D-1',
    `${debt.number}0`,
    '9'.repeat(40),
    debt.id.slice(1),
    '00000000-0000-4000-8000-000000000000',
  ]) {
    await expect(locateDebtByName(database.gateway, name)).rejects.toMatchObject({ code: 'debt-unknown' });
  }
});

test('a debt is looked up in indexes: a million others are not read', async () => {
  const plan = await database.gateway.transaction(async (manager) => {
    // With a handful of debts the planner would read them all, whatever else it could do.
    await rows(manager, 'set local enable_seqscan = off');
    return rows<{ 'QUERY PLAN': string }>(
      manager,
      `explain select 1 from cases.debt d where ${isNamedDebt('d', '$1')}`,
      [debt.number],
    );
  });
  const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(lines).toContain('debt_number_key');
  expect(lines).not.toContain('Filter');
});
