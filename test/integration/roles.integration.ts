import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { orderDay } from '@concord/core/day/day-command';
import { rows } from '@concord/core/database/sql';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { openTestOffice, TODAY } from '../support/test-office.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const office = await openTestOffice(database);
  await office.debt(debtRow());
});
afterAll(() => database.close());

/** Views over several rows take no writes from anybody, which PostgreSQL says before it looks at permissions. */
const DENIED = /permission denied|cannot delete from view/;

async function tablesOf(schema: string): Promise<string[]> {
  const tables = await database.asOwner<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema = $1 order by 1`,
    [schema],
  );
  expect(tables.length).toBeGreaterThan(3);
  return tables.map(({ name }) => name);
}

/** Which of the statements the tenant may run, with `%` for each table. */
async function allowed(
  on: DataSource,
  tables: readonly string[],
  statement: (table: string) => string,
): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const error = await rows(on, statement(table)).then(
      () => null,
      (reason: Error) => reason,
    );
    if (error === null || !DENIED.test(error.message)) found.push(table);
  }
  return found;
}

const select = (table: string): string => `select * from ${table} limit 1`;
const insert = (table: string): string => `insert into ${table} default values`;
const remove = (table: string): string => `delete from ${table} where false`;
/** An update needs a column: the first one that is not generated. */
async function updates(schema: string): Promise<(table: string) => string> {
  const columns = await database.asOwner<{ name: string; column_name: string }>(
    `select distinct on (table_name) format('%I.%I', table_schema, table_name) as name, column_name
     from information_schema.columns where table_schema = $1 and is_generated = 'NEVER' and is_identity = 'NO'
     order by table_name, ordinal_position`,
    [schema],
  );
  const first = new Map(columns.map(({ name, column_name }) => [name, column_name]));
  return (table) => `update ${table} set ${first.get(table)} = ${first.get(table)} where false`;
}

describe('the connectors', () => {
  test('can neither read nor write a single table of cases', async () => {
    const tables = await tablesOf('cases');
    const update = await updates('cases');
    for (const statement of [select, insert, update, remove]) {
      expect(await allowed(database.connectors, tables, statement)).toEqual([]);
    }
  });

  test('read cases through the views that are made for them, and write through none', async () => {
    const views = await tablesOf('cases_v1');
    expect(await allowed(database.connectors, views, select)).toEqual(views);
    expect(await allowed(database.connectors, views, remove)).toEqual([]);
    const [debt] = await rows<{ balance_minor: number }>(
      database.connectors,
      'select balance_minor from cases_v1.ledger_sum',
    );
    expect(debt).toEqual({ balance_minor: 52_500 });
  });

  test('write the tables of exchange, and add to those that prove what people decided', async () => {
    const tables = await tablesOf('exchange');
    const proof = ['exchange.connector_change'];
    const update = await updates('exchange');
    for (const statement of [update, remove]) {
      expect(await allowed(database.connectors, tables, statement)).toEqual(
        tables.filter((each) => !proof.includes(each)),
      );
    }
    expect(await allowed(database.connectors, tables, insert)).toEqual(tables);
  });
});

describe('the gateway', () => {
  test('writes nothing of exchange but commands, which it inserts and never changes', async () => {
    const tables = await tablesOf('exchange');
    const update = await updates('exchange');
    expect(await allowed(database.gateway, tables, insert)).toEqual(['exchange.command']);
    expect(await allowed(database.gateway, tables, select)).toEqual(['exchange.command']);
    expect(await allowed(database.gateway, tables, update)).toEqual([]);
    expect(await allowed(database.gateway, tables, remove)).toEqual([]);
    const body = { date: TODAY, jurisdictions: [], answerWaitMs: 0 };
    const by = { actor: 'tester', correlationId: 'c', at: new Date() };
    await expect(orderDay(database.gateway, body, by)).resolves.toEqual(expect.any(String));
  });

  test('reads exchange through its views, and writes through none', async () => {
    const views = await tablesOf('exchange_v1');
    expect(await allowed(database.gateway, views, select)).toEqual(views);
    expect(await allowed(database.gateway, views, remove)).toEqual([]);
  });

  test('adds to the ledger, the changes and the proofs, and can neither change nor delete what stands there', async () => {
    const update = await updates('cases');
    const kept = [
      ...['cases.ledger_entry', 'cases.change', 'cases.proof', 'cases.proof_withdrawal', 'cases.report_sign_off'],
    ];
    expect(await allowed(database.gateway, kept, update)).toEqual([]);
    expect(await allowed(database.gateway, kept, remove)).toEqual([]);
    expect(await allowed(database.gateway, kept, insert)).toEqual(kept);
  });

  test('deletes nothing of cases but events that were published, and sealed rows of files that were applied', async () => {
    expect(await allowed(database.gateway, await tablesOf('cases'), remove)).toEqual([
      'cases.host_row',
      'cases.outbox',
    ]);
  });

  test('can not make tables, views or functions of its own', async () => {
    await expect(rows(database.gateway, 'create table cases.extra (id int)')).rejects.toThrow(DENIED);
    await expect(rows(database.connectors, 'create table exchange.extra (id int)')).rejects.toThrow(DENIED);
  });
});
