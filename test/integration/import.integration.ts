import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import type { ImportSummary } from '@concord/core/cases/import-file';
import { violations } from '@concord/core/cases/conservation';
import { demoRows } from '@concord/core/demo/demo-rows';
import { debtRow, person } from '../support/intake-builder.js';
import { count, openTestDatabase, waitingFor } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

let folder: string;
let database: TestDatabase;
let office: TestOffice;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-intake-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const jsonLines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const importFile = (path: string): Promise<ImportSummary> =>
  office.commands.importFile(asked(), OFFICE, path, () => undefined);
const debts = (): Promise<number> => count(database.gateway, 'select 1 from cases.debt');
const everythingRecorded = (): Promise<string[]> =>
  database
    .asOwner<{ line: string }>(
      `select t.line from (
         select 'party ' || p::text as line from cases.party p union all
         select 'identifier ' || i::text from cases.party_identifier i union all
         select 'case ' || c::text from cases.case_file c union all
         select 'debt ' || d::text from cases.debt d union all
         select 'entry ' || e::text from cases.ledger_entry e union all
         select 'stop ' || s::text from cases.stop s union all
         select 'proof ' || f::text from cases.proof f union all
         select 'change ' || h::text from cases.change h union all
         select 'event ' || o::text from cases.outbox o) t order by 1`,
    )
    .then((found) => found.map(({ line }) => line));

/** Rows of a table of cases that were read by going through all of it, as far as connections have told by now. */
async function rowsReadInOrder(table: string): Promise<number> {
  await count(database.gateway, 'select pg_stat_force_next_flush()');
  const [read] = await database.asOwner<{ rows: number }>(
    `select seq_tup_read as rows from pg_stat_user_tables where schemaname = 'cases' and relname = $1`,
    [table],
  );
  return read!.rows;
}

const CSV_HEADER =
  'source_reference,type,arose_from_contract,incurred_on,delinquent_on,amount,fees,paid,last_payment_on,debtor_reference,debtor_kind,surname,first_name,ssn,date_of_birth';

describe('importing a file', () => {
  test('takes a CSV file in: debts, entries, parties and cases', async () => {
    const path = await file(
      'debts.csv',
      [
        CSV_HEADER,
        'W-1,utility,TRUE,2025-05-01,2025-06-15,500.00,25.00,100.50,2025-07-01,P-1,person,Sample,Robin,901-00-0001,1951-07-23',
        'W-2,utility,TRUE,2025-05-01,2025-06-15,80,,,,P-1,person,Sample,Robin,901-00-0001,1951-07-23',
        'W-3,permit,,2025-05-01,,12.34,,,,B-1,business,Example Ltd,,,',
        '',
      ].join('\r\n'),
    );
    const summary = await importFile(path);

    expect(summary).toMatchObject({ rows: 3, registered: 3, unchanged: 0, faulty: 0, faults: [], before: false });
    const balances = await database.asOwner(
      `select d.source_reference as debt, p.source_reference as debtor, s.balance_minor as balance, s.paid_minor as paid
       from cases.debt d join cases_v1.ledger_sum s on s.debt_id = d.id
       join cases.case_file c on c.id = d.case_id join cases.party p on p.id = c.debtor_id order by 1`,
    );
    expect(balances).toEqual([
      { debt: 'W-1', debtor: 'P-1', balance: 42_450, paid: 10_050 },
      { debt: 'W-2', debtor: 'P-1', balance: 8_000, paid: 0 },
      { debt: 'W-3', debtor: 'B-1', balance: 1_234, paid: 0 },
    ]);
    expect(await count(database.gateway, 'select 1 from cases.case_file')).toBe(2);
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });

  test('takes the itemisation date and the notice of a CSV row in', async () => {
    const path = await file(
      'noticed.csv',
      [
        CSV_HEADER.replace('amount', 'itemised_on,notice_sent_on,amount'),
        'N-1,utility,TRUE,2025-05-01,2025-06-15,2025-06-20,2025-07-01,500.00,,,,P-1,person,Sample,Robin,,',
        'N-2,utility,TRUE,2025-05-01,2025-06-15,,,500.00,,,,P-1,person,Sample,Robin,,',
        'N-3,utility,TRUE,2025-05-01,2025-06-15,2025-04-30,2025-07-32,500.00,,,,P-1,person,Sample,Robin,,',
        '',
      ].join('\n'),
    );
    const summary = await importFile(path);
    expect(summary).toMatchObject({ rows: 3, registered: 2, faulty: 1 });
    expect(summary.faults.map(({ line, column }) => [line, column]).sort()).toEqual([
      [4, 'itemised_on'],
      [4, 'notice_sent_on'],
    ]);
    const found = await database.asOwner(
      `select d.source_reference as debt, d.itemised_on, p.kind, p.happened_on
       from cases.debt d left join cases.proof p on p.debt_id = d.id order by 1`,
    );
    expect(found).toEqual([
      { debt: 'N-1', itemised_on: '2025-06-20', kind: 'notice-sent', happened_on: '2025-07-01' },
      { debt: 'N-2', itemised_on: null, kind: null, happened_on: null },
    ]);
  });

  test('takes the demonstration in as JSON Lines, with the money conserved', async () => {
    const rows = [...demoRows('us-ca-berkeley', { asOf: '2026-03-16', count: 400, seed: 7 })];
    const summary = await importFile(await file('demo.jsonl', jsonLines(rows)));

    expect(summary).toMatchObject({ rows: 400, registered: 400, faulty: 0 });
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
    const [sum] = await database.asOwner<{ sum: number }>('select sum(effect_minor) as sum from cases.ledger_entry');
    const expected = rows.flatMap(({ entries }) => entries);
    expect(sum!.sum).toBe(
      expected.reduce((sum, { kind, amountMinor }) => sum + (kind === 'payment' ? -1 : 1) * amountMinor, 0),
    );
  });

  test('looks keys up by their index although the office had few debts when its connection looked first', async () => {
    // After a few times the database keeps the plan of such a look, which is then to read the few rows there are.
    await office.debt(debtRow());
    await database.asOwner('vacuum (analyze)');
    for (let n = 0; n < 10; n += 1) await office.debt(debtRow());
    const before = await rowsReadInOrder('case_file');
    const rows = Array.from({ length: 2500 }, () => debtRow());
    expect(await importFile(await file('many.jsonl', jsonLines(rows)))).toMatchObject({ registered: rows.length });
    // Each of several keys to a case would be looked up among all cases there are by then.
    expect((await rowsReadInOrder('case_file')) - before).toBeLessThan(10 * rows.length);
  });

  test('changes nothing when the same file comes again, under any name', async () => {
    const rows = [...demoRows('us-nm-las-cruces', { asOf: '2026-03-16', count: 60, seed: 3 })];
    await importFile(await file('first.jsonl', jsonLines(rows)));
    const before = await everythingRecorded();

    const again = await importFile(await file('second.jsonl', jsonLines(rows)));
    expect(again).toMatchObject({ rows: 60, registered: 0, unchanged: 60, faulty: 0, before: true });
    // Other bytes with the same rows in them are another file, and change nothing either.
    const reordered = await importFile(await file('third.jsonl', jsonLines([...rows].reverse())));
    expect(reordered).toMatchObject({ rows: 60, registered: 0, unchanged: 60, faulty: 0, before: false });
    expect(await everythingRecorded()).toEqual(before);
  });

  test('goes on with a file whose import was cut off', async () => {
    const rows = Array.from({ length: 1500 }, () => debtRow());
    const path = await file('cut.jsonl', jsonLines(rows));
    // The second batch meets a server that ends its connection, as when the process is killed between two batches.
    await database.asOwner(
      `create function cases.cut_off() returns trigger language plpgsql as
       $$ begin if (select count(*) from cases.debt) >= 1000 then raise exception 'cut off'; end if; return null; end $$`,
    );
    await database.asOwner(
      'create trigger cut_off before insert on cases.debt for each statement execute function cases.cut_off()',
    );
    await expect(importFile(path)).rejects.toThrow('cut off');
    await database.asOwner('drop trigger cut_off on cases.debt');
    expect(await debts()).toBe(1000);

    expect(await importFile(path)).toMatchObject({ rows: 1500, registered: 500, unchanged: 1000, before: false });
    expect(await debts()).toBe(1500);
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
    expect(await importFile(path)).toMatchObject({ rows: 1500, registered: 0, before: true });
  });

  test('counts every row once, and says of bad ones where they stand and what to mend', async () => {
    const good = debtRow();
    const shared = person();
    const path = await file(
      'bad.jsonl',
      [
        JSON.stringify(good),
        '{"sourceReference": "broken", "debtor": {"ssn": "901-55-1234"',
        JSON.stringify({ ...debtRow(), type: 'Not A Code', delinquentOn: '2025-06-31' }),
        JSON.stringify(good),
        JSON.stringify({ ...good, type: 'permit' }),
        JSON.stringify({ ...debtRow(), debtor: shared }),
        JSON.stringify({ ...debtRow(), debtor: person({ ssn: '12' }) }),
        '',
      ].join('\n'),
    );
    const summary = await importFile(path);

    expect(summary).toMatchObject({ rows: 7, registered: 2, unchanged: 1, faulty: 4 });
    expect(summary.registered + summary.unchanged + summary.faulty).toBe(summary.rows);
    expect(summary.faults.map(({ line, column }) => [line, column])).toEqual([
      [2, null],
      [3, 'type'],
      [3, 'delinquentOn'],
      [5, null],
      [7, 'debtor.ssn'],
    ]);
    expect(summary.faults.find(({ line }) => line === 3)?.reason).toMatch(/debt type code/);
    expect(summary.faults.find(({ line }) => line === 5)?.reason).toContain(good.sourceReference);
    const [stored] = await database.asOwner(
      'select rows_read, debts_registered, rows_unchanged, rows_faulty from cases.import_file',
    );
    expect(stored).toEqual({ rows_read: 7, debts_registered: 2, rows_unchanged: 1, rows_faulty: 4 });
    const again = await importFile(path);
    expect(again.faults).toEqual(summary.faults);
  });

  test('refuses a file whose columns it does not understand, and takes the mended one under the same name', async () => {
    const row = 'W-9,utility,TRUE,2025-05-01,2025-06-15,500.00,,,,P-9,person,Sample,Robin,901000009,';
    const path = await file('columns.csv', `${CSV_HEADER.replace('fees', 'feez')}\n${row}\n`);
    await expect(importFile(path)).rejects.toMatchObject({ code: 'file-refused' });
    await expect(importFile(path)).rejects.toMatchObject({ code: 'file-refused' });
    expect(await debts()).toBe(0);
    await file('columns.csv', `${CSV_HEADER}\n${row}\n`);
    expect(await importFile(path)).toMatchObject({ registered: 1 });
    await expect(importFile(join(folder, 'missing.csv'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('keeps debts in the currency of their office', async () => {
    const path = await file('currency.jsonl', jsonLines([{ ...debtRow(), currency: 'CAD' }, debtRow()]));
    expect(await importFile(path)).toMatchObject({ rows: 2, registered: 1, faulty: 1 });
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });

  test('two imports at the same time register every debt once, and one case a debtor', async () => {
    const debtors = Array.from({ length: 150 }, () => person());
    const rows = Array.from({ length: 1200 }, (_, index) => debtRow({ debtor: debtors[index % debtors.length]! }));
    const one = await file('one.jsonl', jsonLines(rows.slice(0, 1100)));
    const other = await file('other.jsonl', jsonLines(rows.slice(100)));

    const [first, second] = await Promise.all([importFile(one), importFile(other)]);
    expect(first.registered + second.registered).toBe(1200);
    expect(first.unchanged + second.unchanged).toBe(1000);
    expect(await debts()).toBe(1200);
    expect(await count(database.gateway, 'select 1 from cases.case_file')).toBe(150);
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });

  test('the same file several times at the same time is taken in once', async () => {
    const path = await file('same.jsonl', jsonLines(Array.from({ length: 50 }, () => debtRow())));
    const summaries = await Promise.all(Array.from({ length: 6 }, () => importFile(path)));
    expect(summaries.reduce((sum, { registered }) => sum + registered, 0)).toBe(50);
    expect(await debts()).toBe(50);
    const [stored] = await database.asOwner('select count(*) as files, sum(rows_read) as read from cases.import_file');
    expect(stored).toEqual({ files: 1, read: 50 });
  });

  test('waits for somebody who has just begun with the same file, and then goes on with it', async () => {
    const path = await file('begun.jsonl', jsonLines([debtRow()]));
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    const other = database.gateway.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `insert into cases.import_file (id, jurisdiction_id, content_hash, file_name, format, actor, started_at)
       values (gen_random_uuid(), $1, $2, 'begun.jsonl', 'jsonl', 'tester', now())`,
      [OFFICE, hash],
    );
    const importing = importFile(path);
    importing.catch(() => undefined);
    await waitingFor(database, 1);
    await other.commitTransaction();
    await other.release();
    expect(await importing).toMatchObject({ rows: 1, registered: 1 });
  });
});
