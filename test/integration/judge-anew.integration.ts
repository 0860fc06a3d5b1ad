import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { judgeAnewWhereChanged } from '@concord/core/connectors/judge-anew';
import { judgedBy } from '@concord/core/connectors/judged-by';
import { rows } from '@concord/core/database/sql';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, BUREAU, OFFICE, openTestOffice, testJurisdiction } from '../support/test-office.js';

let database: TestDatabase;

const waiting = (waitDays: number) => ({
  rules: [{ rule: 'US-REGF-01', parameters: { waitDays }, because: 'A test' }],
});
const begin = async (changes: Record<string, unknown> = {}): Promise<void> => {
  const hash = await judgedBy(testJurisdiction(changes));
  await database.connectors.transaction((manager) => judgeAnewWhereChanged(manager, BUREAU, hash));
};
const due = async (): Promise<number> =>
  (await rows(database.connectors, 'select 1 from exchange.look where connector_id = $1', [BUREAU])).length;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(
    `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode,
       settings_version, created_at)
     values ($1, $2, 'test', 'test', 'report', 'snapshot', 'A bureau', 'on', 1, now())`,
    [BUREAU, OFFICE],
  );
  const office = await openTestOffice(database);
  const debt = await office.debt(debtRow());
  const order = { debtId: debt.id, act: 'report' as const, connectorId: BUREAU, capMinor: null, expiresOn: null };
  await office.commands.makeReferral(asked(), order);
});
afterAll(() => database.close());
beforeEach(() => database.asOwner('delete from exchange.look'));

test('a start under the same rules has nothing judged again; under another number, every referred debt', async () => {
  await begin();
  expect(await due()).toBe(1);
  await database.asOwner('delete from exchange.look');
  await begin();
  expect(await due()).toBe(0);
  await begin(waiting(21));
  expect(await due()).toBe(1);
  await database.asOwner('delete from exchange.look');
  await begin(waiting(21));
  expect(await due()).toBe(0);
  await begin();
  expect(await due()).toBe(1);
});

test('days on which the office is closed, and families of its own types of debts, are part of what is judged by', async () => {
  await begin();
  await database.asOwner('delete from exchange.look');
  await begin({ closures: [{ on: '2026-04-01', reason: 'Storm' }] });
  expect(await due()).toBe(1);
  await database.asOwner('delete from exchange.look');
  await begin({ debtTypes: [{ code: 'kennel-fee', title: 'Kennel fee', family: 'charge' }] });
  expect(await due()).toBe(1);
});
