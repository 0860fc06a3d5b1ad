import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import { debtRow } from '../support/intake-builder.js';
import { count, openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterAll(() => database.close());

function pay(debt: RegisteredDebt, changes: Partial<Parameters<TestOffice['commands']['postPayment']>[1]> = {}) {
  return office.commands.postPayment(asked(), {
    debtId: debt.id,
    amountMinor: 10_000,
    currency: 'USD',
    paidOn: '2026-03-10',
    reference: null,
    idempotencyKey: 'key-1',
    settles: false,
    ...changes,
  });
}

const versionOf = async (debt: RegisteredDebt): Promise<number> => {
  const [found] = await database.asOwner<{ version: number }>('select version from cases.case_file where id = $1', [
    debt.caseId,
  ]);
  return found!.version;
};
const entries = (debt: RegisteredDebt) =>
  database.asOwner(
    `select kind, amount_minor as amount, reason from cases.ledger_entry
     where debt_id = $1 and source = 'api' order by case_version`,
    [debt.id],
  );

describe('a payment', () => {
  test('lowers the balance by its amount, with one version and one change', async () => {
    const debt = await office.debt(debtRow());
    expect(await pay(debt)).toMatchObject({ posted: true, balanceMinor: 42_500 });
    expect(await versionOf(debt)).toBe(2);
  });

  test('is posted once for its key, however often it is sent', async () => {
    const debt = await office.debt(debtRow());
    const first = await pay(debt);
    const again = await pay(debt);
    expect(again).toEqual({ ...first, posted: false });
    expect(await versionOf(debt)).toBe(2);
    expect(await entries(debt)).toHaveLength(1);
  });

  test('with a key that was used for another amount is refused', async () => {
    const debt = await office.debt(debtRow());
    await pay(debt);
    await expect(pay(debt, { amountMinor: 10_001 })).rejects.toMatchObject({ code: 'key-reused' });
    expect(await versionOf(debt)).toBe(2);
  });

  test('sent twenty times at once with one key is posted once', async () => {
    const debt = await office.debt(debtRow());
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(debt)));
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1);
    expect(new Set(answers.map(({ entryId }) => entryId)).size).toBe(1);
    expect(new Set(answers.map(({ balanceMinor }) => balanceMinor))).toEqual(new Set([42_500]));
  });

  test('in settlement adjusts what is left to nothing, as settled', async () => {
    const debt = await office.debt(debtRow());
    expect(await pay(debt, { amountMinor: 30_000, settles: true })).toMatchObject({ balanceMinor: 0 });
    expect(await entries(debt)).toEqual([
      { kind: 'payment', amount: 30_000, reason: null },
      { kind: 'adjustment', amount: 22_500, reason: 'settlement' },
    ]);
    const [sums] = await database.asOwner(
      'select paid_minor, adjusted_minor, balance_minor, settled from cases_v1.ledger_sum where debt_id = $1',
      [debt.id],
    );
    expect(sums).toEqual({ paid_minor: 30_000, adjusted_minor: 22_500, balance_minor: 0, settled: true });
    expect(await versionOf(debt)).toBe(3);
    expect(await pay(debt, { amountMinor: 30_000, settles: true })).toMatchObject({ posted: false, balanceMinor: 0 });
  });

  test("is booked under the office's today, whenever it was paid; what came in with the debt is booked under no day", async () => {
    const debt = await office.debt(debtRow());
    await pay(debt, { amountMinor: 30_000, paidOn: '2026-03-02', settles: true });
    const booked = await database.asOwner(
      `select kind, effective_on, booked_on from cases.ledger_entry where debt_id = $1 order by case_version, kind`,
      [debt.id],
    );
    expect(booked).toEqual([
      { kind: 'assessment', effective_on: '2025-05-01', booked_on: null },
      { kind: 'fee', effective_on: '2025-06-15', booked_on: null },
      { kind: 'payment', effective_on: '2026-03-02', booked_on: TODAY },
      { kind: 'adjustment', effective_on: '2026-03-02', booked_on: TODAY },
    ]);
  });

  test('in settlement that pays everything needs no adjustment', async () => {
    const debt = await office.debt(debtRow());
    await pay(debt, { amountMinor: 52_500, settles: true });
    expect(await entries(debt)).toEqual([{ kind: 'payment', amount: 52_500, reason: null }]);
  });

  test('in another currency is refused', async () => {
    const debt = await office.debt(debtRow());
    await expect(pay(debt, { currency: 'CAD' })).rejects.toMatchObject({ code: 'currency-differs' });
    expect(await entries(debt)).toEqual([]);
  });

  test('for a debt that does not exist is refused', async () => {
    const debt = { id: '00000000-0000-4000-8000-000000000000' } as RegisteredDebt;
    await expect(pay(debt)).rejects.toMatchObject({ code: 'debt-unknown' });
  });

  test('twenty at once on one debt keep its versions without a gap and its balance right', async () => {
    const debt = await office.debt(debtRow());
    const amounts = Array.from({ length: 20 }, (_, index) => 100 + index);
    await Promise.all(amounts.map((amountMinor, index) => pay(debt, { amountMinor, idempotencyKey: `many-${index}` })));

    const versions = await database.asOwner<{ version: number }>(
      'select version from cases.change where case_id = $1 order by version',
      [debt.caseId],
    );
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(await versionOf(debt)).toBe(21);
    const [{ balance } = { balance: null }] = await database.asOwner<{ balance: number | null }>(
      'select balance_minor as balance from cases_v1.ledger_sum where debt_id = $1',
      [debt.id],
    );
    expect(balance).toBe(52_500 - amounts.reduce((sum, amount) => sum + amount, 0));
    // Each entry names the version that it made, and the events are in the order of the versions.
    expect(
      await count(
        database.gateway,
        `select 1 from cases.change h join cases.ledger_entry e
           on e.case_id = h.case_id and e.case_version = h.version and e.id = h.subject_id where h.case_id = $1`,
        [debt.caseId],
      ),
    ).toBe(20);
    const events = await database.asOwner<{ version: number }>(
      `select (event->>'caseversion')::bigint as version from cases.outbox where case_id = $1 order by id`,
      [debt.caseId],
    );
    expect(events.map(({ version }) => version)).toEqual(versions.map(({ version }) => version));
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });
});
