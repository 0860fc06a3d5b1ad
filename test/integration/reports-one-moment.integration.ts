import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { atOneMoment } from '@concord/core/reports/at-one-moment';
import { REPORTS } from '@concord/core/reports/definitions/all';
import type { Row } from '@concord/core/reports/domain/report';
import { allOf } from '@concord/core/reports/report-definition';
import type { Read } from '@concord/core/reports/report-definition';
import { everyRow, Reports } from '@concord/core/reports/reports';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const OWED = 'select sum(effect_minor)::int as minor from cases.ledger_entry';

let database: TestDatabase;
let office: TestOffice;
beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterAll(() => database.close());

test('what is posted between two statements of a summary is in neither', async () => {
  const { id: debtId } = await office.debt(debtRow());
  const payment = { debtId, amountMinor: 2_500, currency: 'USD', paidOn: TODAY, reference: null, settles: false };
  async function* twice(read: Read): AsyncGenerator<readonly Row[]> {
    const before = await allOf(read<Row>(OWED, []));
    await office.commands.postPayment(asked(), { ...payment, idempotencyKey: 'between' });
    yield [...before, ...(await allOf(read<Row>(OWED, [])))];
  }
  const [[first, second]] = (await allOf(toList(atOneMoment(database.gateway, twice)))) as [Row[]];
  expect(second).toEqual(first);
  const [now] = await database.asOwner<{ minor: number }>(OWED);
  expect(now!.minor).toBe(Number(first!['minor']) - 2_500);
});

test('the quarterly summary and the control totals are such', async () => {
  expect(REPORTS.filter(({ oneMoment }) => oneMoment === true).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['overdue-quarter', 'control-totals']),
  );
  const reports = new Reports(database.gateway, [office.jurisdiction], office.clock);
  const order = { report: 'overdue-quarter', jurisdiction: OFFICE, asOf: TODAY, from: null, to: null };
  expect(await everyRow(await reports.run(order))).toHaveLength(1);
  const totals = await reports.run({ ...order, report: 'control-totals', asOf: '2026-02-28' });
  expect(await everyRow(totals)).toEqual(expect.any(Array));
});

/** Each batch as one item. */
async function* toList<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<readonly (readonly T[])[]> {
  for await (const batch of batches) yield [batch];
}
