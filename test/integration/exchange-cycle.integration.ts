import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { debtRow } from '../support/intake-builder.js';
import { openTestHost, TestBureau, withBureau } from '../support/test-bureau.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

let host: PluginHost;
let database: TestDatabase;
let office: TestOffice;
let bureau: TestBureau;

beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, await withBureau());
  bureau = await TestBureau.open(office, host);
});
afterEach(async () => {
  await bureau.close();
  await database.close();
});

test('a debt is placed, confirmed, paid and closed, and nothing is held at the end', async () => {
  const debt = await office.debt(debtRow());
  await bureau.refer(debt.id);
  await bureau.judge();
  expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active', desiredMinor: 52_500, known: 'absent' });
  const first = await bureau.send('initial');
  console.log(await bureau.read(first));
  await bureau.answer(first);
  expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active', desiredMinor: 52_500, known: 'active' });
});
