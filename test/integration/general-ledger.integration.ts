import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { GeneralLedgerCommands } from '@concord/core/general-ledger/general-ledger-commands';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const ACCOUNTS = [
  { kind: 'assessment', debtTypes: ['utility'], account: '1200' },
  { kind: 'fee', account: '1210' },
  { kind: 'payment', bucket: 'credit', account: '2100' },
  { kind: 'payment', account: '1000' },
];

let database: TestDatabase;
let office: TestOffice;
let commands: GeneralLedgerCommands;

async function open(generalLedger: Record<string, unknown>): Promise<void> {
  database = await openTestDatabase();
  office = await openTestOffice(database, { generalLedger });
  commands = new GeneralLedgerCommands(database.gateway, [office.jurisdiction], office.clock);
}

beforeEach(() => open({ accounts: ACCOUNTS }));
afterEach(() => database.close());

const postings = (date: string) => commands.postings(asked(), OFFICE, date);
const text = async (date: string) => Buffer.from((await postings(date)).content, 'base64').toString('utf8');
const pay = (debtId: string, amountMinor: number, key: string) =>
  office.commands.postPayment(asked(), {
    ...{ debtId, amountMinor, currency: 'USD', paidOn: null, reference: null },
    ...{ idempotencyKey: key, settles: false },
  });

test('each entry is posted once, in the file of its day or of the next one that is made', async () => {
  const debt = await office.debt(debtRow());
  await pay(debt.id, 4_000, 'a');
  await expect(postings('2026-03-16')).rejects.toMatchObject({ code: 'gl-day-not-over' });
  office.clock.set('2026-03-17T15:00:00Z');
  const first = [
    'date,account,kind,bucket,debt_type,entries,amount',
    '2026-03-16,1000,payment,fee,utility,1,-25.00',
    '2026-03-16,1000,payment,principal,utility,1,-15.00',
    '2026-03-16,1200,assessment,principal,utility,1,500.00',
    '2026-03-16,1210,fee,fee,utility,1,25.00',
    '2026-03-16,total,,,,4,485.00',
    '',
  ].join('\n');
  expect(await text('2026-03-16')).toBe(first);
  await pay(debt.id, 60_000, 'b');
  office.clock.set('2026-03-18T15:00:00Z');
  expect(await text('2026-03-17')).toBe(
    [
      'date,account,kind,bucket,debt_type,entries,amount',
      '2026-03-17,1000,payment,principal,utility,1,-485.00',
      '2026-03-17,2100,payment,credit,utility,1,-115.00',
      '2026-03-17,total,,,,2,-600.00',
      '',
    ].join('\n'),
  );
  expect(await text('2026-03-16')).toBe(first);
  await expect(postings('2026-03-15')).rejects.toMatchObject({ code: 'gl-day-past' });
  const [sums] = await database.asOwner<{ told: string; owed: string }>(
    `select (select sum(effect_minor) from cases.gl_line)::text as told,
            (select sum(effect_minor) from cases.ledger_entry)::text as owed`,
  );
  expect(sums!.told).toBe(sums!.owed);
});

test('a reversal undoes what was told of its entry, whatever the type and the accounts are by now', async () => {
  const debt = await office.debt(debtRow());
  const { entryId } = await pay(debt.id, 4_000, 'a');
  office.clock.set('2026-03-17T15:00:00Z');
  await postings('2026-03-16');
  await database.asOwner(`update cases.debt set type = 'permit' where id = $1`, [debt.id]);
  const ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
  await ledger.reverse(asked(), {
    ...{ debtId: debt.id, entryId, reason: 'bounced', idempotencyKey: 'r', reference: null, effectiveOn: null },
  });
  office.clock.set('2026-03-18T15:00:00Z');
  const accounts = [{ kind: 'payment', account: '9999' }];
  const changed = await openTestOffice(database, { generalLedger: { accounts } });
  changed.clock.set('2026-03-18T15:00:00Z');
  commands = new GeneralLedgerCommands(database.gateway, [changed.jurisdiction], changed.clock);
  expect(await text('2026-03-17')).toBe(
    [
      'date,account,kind,bucket,debt_type,entries,amount',
      '2026-03-17,1000,payment,fee,utility,1,25.00',
      '2026-03-17,1000,payment,principal,utility,1,15.00',
      '2026-03-17,total,,,,2,40.00',
      '',
    ].join('\n'),
  );
});

test('each entry of more debts than are looked at together is posted once', async () => {
  await office.register(Array.from({ length: 1_003 }, () => debtRow()));
  office.clock.set('2026-03-17T15:00:00Z');
  expect(await postings('2026-03-16')).toMatchObject({ entries: 2_006, amountMinor: 1_003 * 52_500 });
});

test('nothing is posted while an entry has no account', async () => {
  await office.debt(debtRow({ type: 'permit' }));
  office.clock.set('2026-03-17T15:00:00Z');
  await expect(postings('2026-03-16')).rejects.toMatchObject({ code: 'gl-account-missing' });
  expect(await database.asOwner('select 1 from cases.gl_file')).toEqual([]);
});

test('a reversal goes where its entry went, in a layout with totals', async () => {
  await database.close();
  const column = (name: string, at: number, type = 'text', more = {}) => ({ name, column: at, type, ...more });
  await open({
    accounts: ACCOUNTS,
    layout: {
      ...{ form: 'delimited', name: 'made-up-ledger', characterSet: 'ascii', separator: 'semicolon', lineEnd: 'crlf' },
      maxRecordLength: 200,
      records: [
        {
          name: 'posting',
          recognise: 'otherwise',
          fields: [
            column('Date', 1, 'date', { pattern: 'DD.MM.YYYY' }),
            column('Account', 2),
            column('Amount', 3, 'money', { decimals: 2, point: 'comma', signed: true }),
          ],
        },
      ],
      trailer: {
        name: 'trailer',
        recognise: { column: 1, value: 'SUM' },
        fields: [
          column('Mark', 1, 'constant', { value: 'SUM' }),
          column('Sum', 2, 'money', {
            ...{ decimals: 2, point: 'comma', signed: true },
            total: { count: 'sum', places: ['posting.amount'] },
          }),
        ],
      },
    },
  });
  const debt = await office.debt(debtRow());
  const { entryId } = await pay(debt.id, 4_000, 'a');
  office.clock.set('2026-03-17T15:00:00Z');
  expect(await text('2026-03-16')).toBe(
    [
      '16.03.2026;1000;-25,00',
      '16.03.2026;1000;-15,00',
      '16.03.2026;1200;500,00',
      '16.03.2026;1210;25,00',
      'SUM;485,00',
      '',
    ].join('\r\n'),
  );
  const ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
  await ledger.reverse(asked(), {
    ...{ debtId: debt.id, entryId, reason: 'bounced', idempotencyKey: 'r', reference: null, effectiveOn: null },
  });
  office.clock.set('2026-03-18T15:00:00Z');
  expect(await text('2026-03-17')).toBe(
    ['17.03.2026;1000;25,00', '17.03.2026;1000;15,00', 'SUM;40,00', ''].join('\r\n'),
  );
});
