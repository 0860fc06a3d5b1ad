import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import type { Row } from '@concord/core/reports/domain/report';
import { everyRow, Reports } from '@concord/core/reports/reports';
import { SignOffs } from '@concord/core/reports/sign-off';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;
let reports: Reports;
let signOffs: SignOffs;
let debt: RegisteredDebt;

/** A debt of 525.00 that came in on 10 March; it is 2 April. */
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
  reports = new Reports(database.gateway, [office.jurisdiction], office.clock);
  signOffs = new SignOffs(database.gateway, reports, office.clock);
  on('2026-03-10');
  debt = await office.debt(debtRow());
  on('2026-04-02');
});
afterEach(() => database.close());

const on = (date: string): void => office.clock.set(`${date}T15:00:00Z`);

async function totals(asOf: string): Promise<{ rows: Row[]; contentHash: string }> {
  const report = await reports.run({ report: 'control-totals', jurisdiction: OFFICE, asOf, from: null, to: null });
  return { rows: await everyRow(report), contentHash: report.contentHash };
}

async function sign(month: string, through: string) {
  const { contentHash } = await totals(through);
  return signOffs.sign(asked('officer.jane'), { jurisdiction: OFFICE, month, contentHash, note: null });
}

const pay = (amountMinor: number, paidOn: string) =>
  office.commands.postPayment(asked(), {
    ...{ debtId: debt.id, amountMinor, currency: 'USD', paidOn, reference: null },
    ...{ idempotencyKey: randomUUID(), settles: false },
  });

/** What nobody can do through Concord: an entry that was written as if it had been there. */
const smuggle = (kind: string, changes: Record<string, string> = {}) => {
  const entry: Record<string, string> = {
    ...{ currency: 'USD', booked_on: '2026-03-20', recorded_at: '2026-03-20T15:00:00Z' },
    ...changes,
  };
  return database.asOwner(
    `with next as (update cases.case_file set version = version + 1 where id = $2 returning version)
     insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, booked_on,
       source, idempotency_key, actor, recorded_at, reverses, reverses_kind)
     select gen_random_uuid(), $1, $2, version, $3, 1000, $4, $5::date, $5::date, 'test', $6, 'tester', $7, $8, $9 from next`,
    [
      ...[debt.id, debt.caseId, kind, entry['currency'], entry['booked_on'], randomUUID(), entry['recorded_at']],
      ...[entry['reverses'] ?? null, entry['reverses_kind'] ?? null],
    ],
  );
};

/** As a host corrects the type of a debt. */
async function retyped(before: string, after: string): Promise<void> {
  await database.asOwner(
    `with file as (
       insert into cases.host_file (id, jurisdiction_id, system_id, definition, kind, picture, file_name, content_hash, state,
         actor, received_at)
       select id, $5, 'billing', 'debts', 'debts', 'changes', id::text, id::text, 'applied', 'tester', $4
       from (select gen_random_uuid() as id) as new returning id)
     insert into cases.host_correction (id, debt_id, field, before, after, source, file_id, line, idempotency_key, actor,
       recorded_at)
     select gen_random_uuid(), $1, 'type', $2, $3, 'test', id, 1, id::text, 'tester', $4 from file`,
    [debt.id, before, after, office.clock.now(), OFFICE],
  );
  await database.asOwner('update cases.debt set type = $2 where id = $1', [debt.id, after]);
}

describe('control totals', () => {
  test('keep what was posted in a month, whenever it takes effect', async () => {
    await pay(2_500, '2026-03-28');
    const [march] = (await totals('2026-03-31')).rows;
    expect(march).toMatchObject({ openingMinor: 0, assessmentsMinor: 50_000, feesMinor: 2_500, closingMinor: 52_500 });
    const [april] = (await totals('2026-04-02')).rows;
    expect(april).toMatchObject({ openingMinor: 52_500, paymentsMinor: 2_500, closingMinor: 50_000 });
  });

  test('count money from suspense in the month in which it came out of it', async () => {
    await smuggle('payment', { booked_on: '2026-03-20', recorded_at: '2026-04-02T10:00:00Z' });
    expect((await totals('2026-03-31')).rows).toMatchObject([{ closingMinor: 52_500 }]);
    expect((await totals('2026-04-02')).rows).toMatchObject([{ paymentsMinor: 1_000, closingMinor: 51_500 }]);
  });

  test('are refused, and name the account, where a reversal says that it undoes something else', async () => {
    const { entryId } = await pay(1_000, '2026-04-01');
    await smuggle('reversal', {
      reverses: entryId,
      reverses_kind: 'fee',
      booked_on: '2026-04-02',
      recorded_at: '2026-04-02T10:00:00Z',
    });
    await expect(totals('2026-04-02')).rejects.toMatchObject({
      code: 'totals-differ',
      message: `the ledger does not add up: debt ${debt.number} is 50500 by its balance and 52500 by its entries`,
    });
    await expect(totals('2026-03-31')).resolves.toMatchObject({ rows: [{ closingMinor: 52_500 }] });
  });

  test('are refused where an entry is in another currency than its debt', async () => {
    await smuggle('fee', { currency: 'CAD' });
    await expect(totals('2026-03-31')).rejects.toMatchObject({ code: 'totals-differ' });
  });
});

test('a debt whose delinquency is not known is overdue since it was due, not since it was incurred', async () => {
  await database.asOwner(
    `update cases.debt set incurred_on = '2026-01-01', due_on = '2026-03-31', delinquent_on = null where id = $1`,
    [debt.id],
  );
  const ageing = async (asOf: string) =>
    everyRow(await reports.run({ report: 'ageing', jurisdiction: OFFICE, asOf, from: null, to: null }));
  expect(await ageing('2026-03-31')).toMatchObject([{ notDueMinor: 52_500, days61To90Minor: 0 }]);
  expect(await ageing('2026-04-01')).toMatchObject([{ notDueMinor: 0, days1To30Minor: 52_500 }]);
});

describe('a sign-off', () => {
  test('holds through what is posted afterwards', async () => {
    const before = await totals('2026-03-31');
    await expect(sign('2026-03', '2026-03-31')).resolves.toMatchObject({ signed: true, throughOn: '2026-03-31' });
    await pay(2_500, '2026-03-28');
    const ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
    await ledger.post(asked(), {
      ...{ debtId: debt.id, kind: 'write-off', amountMinor: 100, currency: 'USD', bucket: null },
      ...{ effectiveOn: '2026-03-15', reference: null, reason: 'small', idempotencyKey: 'w' },
    });
    expect((await totals('2026-03-31')).contentHash).toBe(before.contentHash);
    await expect(sign('2026-03', '2026-03-31')).resolves.toMatchObject({ signed: false });
    on('2026-05-01');
    await expect(sign('2026-04', '2026-04-30')).resolves.toMatchObject({ signed: true });
  });

  test('that is not true any more stops the next month and names the account, until it is signed again', async () => {
    await sign('2026-03', '2026-03-31');
    await smuggle('fee', { recorded_at: '2026-03-21T15:00:00Z' });
    await expect(totals('2026-04-02')).rejects.toMatchObject({ code: 'signed-month-changed' });
    await smuggle('fee', { recorded_at: '2026-03-31T15:00:00Z' });
    await database.asOwner(`update cases.report_sign_off set signed_at = '2026-03-31T12:00:00Z'`);
    await expect(totals('2026-04-02')).rejects.toMatchObject({
      code: 'signed-month-changed',
      message: expect.stringContaining(`written since: debt ${debt.number}`),
    });
    await sign('2026-03', '2026-03-31');
    await expect(totals('2026-04-02')).resolves.toMatchObject({ rows: [{ openingMinor: 54_500 }] });
    expect(await signOffs.list(OFFICE)).toHaveLength(2);
  });

  test('holds through corrections of a type, which the month in which they are made shows by themselves', async () => {
    await sign('2026-03', '2026-03-31');
    on('2026-05-04');
    await sign('2026-04', '2026-04-30');
    const [march, april] = [await totals('2026-03-31'), await totals('2026-04-30')];
    const [{ type }] = march.rows as [{ type: string }];
    await retyped(type, 'permit');

    expect((await totals('2026-03-31')).contentHash).toBe(march.contentHash);
    expect((await totals('2026-04-30')).contentHash).toBe(april.contentHash);
    expect((await totals('2026-05-04')).rows).toMatchObject([
      { type: 'permit', openingMinor: 0, reclassifiedMinor: 52_500, closingMinor: 52_500 },
      { type, openingMinor: 52_500, reclassifiedMinor: -52_500, closingMinor: 0 },
    ]);
    on('2026-05-20');
    await retyped('permit', type);
    expect((await totals('2026-05-20')).rows).toMatchObject([{ type, reclassifiedMinor: 0, closingMinor: 52_500 }]);
    on('2026-06-02');
    await sign('2026-05', '2026-05-31');
    await retyped(type, 'permit');
    on('2026-07-01');
    await sign('2026-06', '2026-06-30');
    expect((await totals('2026-07-01')).rows).toMatchObject([{ type: 'permit', openingMinor: 52_500 }]);
    expect((await totals('2026-03-31')).contentHash).toBe(march.contentHash);
  });

  test('is the last one of its month, also where that says what was signed before', async () => {
    await sign('2026-03', '2026-03-31');
    const signed = await totals('2026-03-31');
    await smuggle('fee', { recorded_at: '2026-03-21T15:00:00Z' });
    await expect(sign('2026-03', '2026-03-31')).resolves.toMatchObject({ signed: true });
    await database.asOwner(`delete from cases.ledger_entry where booked_on = '2026-03-20'`);
    await expect(totals('2026-04-02')).rejects.toMatchObject({ code: 'signed-month-changed' });
    await expect(sign('2026-03', '2026-03-31')).resolves.toMatchObject({
      signed: true,
      contentHash: signed.contentHash,
    });
    await expect(totals('2026-04-02')).resolves.toMatchObject({ rows: [{ openingMinor: 52_500 }] });
    await expect(sign('2026-03', '2026-03-31')).resolves.toMatchObject({ signed: false });
    expect(await signOffs.list(OFFICE)).toHaveLength(3);
  });
});
