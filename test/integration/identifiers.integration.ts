import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestHost, TestBureau, withBureau } from '../support/test-bureau.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

let host: PluginHost;
let database: TestDatabase;
let office: TestOffice;
let bureau: TestBureau;
let folder: string;

/** Numbers and days that occur nowhere else in these tests. */
const SSN = '987654320';
const DATE_OF_BIRTH = '1951-07-23';
const MISWRITTEN = '98-7654';
const IN_BROKEN_LINE = '987654329';

beforeAll(async () => {
  host = openTestHost();
  folder = await mkdtemp(join(tmpdir(), 'concord-identifiers-'));
  database = await openTestDatabase();
  office = await openTestOffice(database, await withBureau());
  bureau = await TestBureau.open(office, host);
});
afterAll(async () => {
  await bureau.close();
  await database.close();
  host.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every row of every table of a database as text, and every table's name. */
async function everything(): Promise<string> {
  const tables = await database.asOwner<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const dumps = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await database.asOwner<{ line: string }>(`select t::text as line from ${name} t`);
      return `${name}\n${rows.map(({ line }) => line).join('\n')}`;
    }),
  );
  return dumps.join('\n');
}

test('no identifier stands in clear anywhere in the database, through intake, faults, reporting and answers', async () => {
  const row = debtRow({ debtor: person({ ssn: SSN, dateOfBirth: DATE_OF_BIRTH }) });
  const path = join(folder, 'debts.jsonl');
  const lines = [
    JSON.stringify(row),
    JSON.stringify({ ...debtRow(), debtor: { ...person(), ssn: MISWRITTEN, dateOfBirth: `${DATE_OF_BIRTH}T00:00` } }),
    `{"debtor": {"ssn": "${IN_BROKEN_LINE}"`,
    JSON.stringify({ ...row, sourceReference: 'OTHER', debtor: { ...row.debtor, ssn: IN_BROKEN_LINE } }),
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  const summary = await office.commands.importFile(asked(), OFFICE, path, () => undefined);
  expect(summary).toMatchObject({ registered: expect.any(Number), rows: 4 });
  const [debt] = await database.asOwner<{ id: string }>('select id from cases.debt where source_reference = $1', [
    row.sourceReference,
  ]);
  await bureau.refer(debt!.id);
  await bureau.judge();
  const sent = await bureau.send('initial');
  // The bureau does get the number: what is looked for in the database really went through it.
  expect(await bureau.read(sent)).toMatchObject([{ socialSecurityNumber: expect.stringMatching(/^9876543/) }]);
  await bureau.answer(sent, [{ account: `CITY${(await number(debt!.id)) ?? ''}`, code: 'E1', message: 'NOT FOUND' }]);

  const found = await everything();
  expect(found).toContain('cases.party_identifier');
  expect(found).toContain(row.sourceReference);
  for (const secret of [SSN, '987-65-4320', DATE_OF_BIRTH, '19510723', '07231951', MISWRITTEN, IN_BROKEN_LINE]) {
    expect(found.includes(secret)).toBe(false);
  }
});

test('the blind index finds equal values and nothing else, across people and kinds', async () => {
  const shared = '987001111';
  await office.register([
    debtRow({ debtor: person({ ssn: shared }) }),
    debtRow({ debtor: person({ ssn: shared }) }),
    debtRow({ debtor: person({ ssn: null, sin: '046454286' }) }),
    debtRow({ debtor: person({ ssn: '046454286' }) }),
  ]);
  const holders = (kind: string, value: string) =>
    database.asOwner('select 1 from cases.party_identifier where blind_index = $1', [
      office.cipher.blindIndex(kind, value),
    ]);
  expect(await holders('ssn', shared)).toHaveLength(2);
  expect(await holders('sin', '046454286')).toHaveLength(1);
  expect(await holders('ssn', '046454286')).toHaveLength(1);
  expect(await holders('ssn', '987001112')).toHaveLength(0);
});

test('each identifier opens in its own row only', async () => {
  await office.register([debtRow({ debtor: person({ ssn: '987002222' }) })]);
  const [stored] = await database.asOwner<{ id: string; ciphertext: Buffer }>(
    'select id, ciphertext from cases.party_identifier where blind_index = $1',
    [office.cipher.blindIndex('ssn', '987002222')],
  );
  const address = { table: 'cases.party_identifier', column: 'ciphertext', row: stored!.id };
  expect(office.cipher.decrypt(stored!.ciphertext, address)).toBe('987002222');
  expect(() => office.cipher.decrypt(stored!.ciphertext, { ...address, row: OFFICE })).toThrow('belongs elsewhere');
});

async function number(debtId: string): Promise<string | undefined> {
  const [debt] = await database.asOwner<{ number: string }>('select number::text from cases.debt where id = $1', [
    debtId,
  ]);
  return debt?.number;
}
