import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ArrangementCommands } from '@concord/core/arrangements/arrangement-commands';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { violations } from '@concord/core/cases/conservation';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { LedgerRuns } from '@concord/core/cases/ledger/ledger-runs';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

/** Ten per cent a year, so that 365.00 bears 0.10 a day. */
const TERMS = {
  ...{ base: 'principal', dayCount: 'actual/365', startsOn: 'delinquent', frozenBy: ['moratorium', 'arrangement'] },
  rates: [{ from: '2020-01-01', yearlyPercent: '10' }],
};
const LATE_FEE = {
  ...{ id: 'late-fee', title: 'Late fee', authority: 'Example Code 1.2', debtTypes: ['utility', 'water'] },
  ...{ bucket: 'fee', amount: { minor: 2_500 }, after: { days: 30 }, from: '2026-01-01', frozenBy: ['moratorium'] },
};
const COLLECTION = {
  ...{ id: 'collection', title: 'Cost of collection', authority: 'Example Code 1.3', debtTypes: ['water'] },
  ...{ bucket: 'cost', amount: { percent: '10', of: 'principal', atMostMinor: 3_000 }, after: { months: 1 } },
  ...{ every: { months: 1 }, times: 2, from: '2026-01-01', frozenBy: ['moratorium', 'arrangement'] },
};
const LEDGER = {
  interest: [
    { ...TERMS, debtTypes: ['utility'], accrue: 'daily' },
    { ...TERMS, debtTypes: ['refuse'], accrue: 'monthly' },
    { ...TERMS, debtTypes: ['permit'] },
  ],
  charges: [LATE_FEE, COLLECTION],
};

let database: TestDatabase;
let office: TestOffice;
let runs: LedgerRuns;

beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, { ledger: LEDGER });
  office.clock.set('2026-01-01T18:00:00Z');
  runs = new LedgerRuns(database.gateway, [office.jurisdiction], office.clock);
});
afterEach(async () => {
  expect(await violations(database.gateway, OFFICE)).toEqual([]);
  await database.close();
});

const owing = (type: string, delinquentOn = '2026-01-01') =>
  office.debt(
    debtRow({
      ...{ type, incurredOn: '2025-12-01', delinquentOn, itemisedOn: null, proofs: [] },
      entries: [{ kind: 'assessment', amountMinor: 36_500, on: '2025-12-01', reference: 'bill' }],
    }),
  );
const run = (date: string) => runs.run(office.jurisdiction, date, randomUUID());
const posted = async ({ id }: RegisteredDebt, source: string) =>
  (
    await database.asOwner<{ line: string }>(
      `select concat_ws(' ', kind, bucket, amount_minor, effective_on, booked_on) as line from cases.ledger_entry
       where debt_id = $1 and source = $2 order by case_version`,
      [id, source],
    )
  ).map(({ line }) => line);
const sum = async ({ id }: RegisteredDebt, source: string) =>
  (
    await database.asOwner<{ minor: number }>(
      'select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = $1 and source = $2',
      [id, source],
    )
  )[0]!.minor;
const stop = ({ debtorId }: RegisteredDebt, startsOn: string, endsOn: string) =>
  office.commands.placeStop(asked(), {
    ...{ subject: { kind: 'party', id: debtorId }, kind: 'moratorium', startsOn, endsOn },
    ...{ details: {}, source: 'test', idempotencyKey: randomUUID() },
  });

describe('interest by a day', () => {
  test('is posted once for each day that is over, and comes to what one run over all of them posts', async () => {
    const debt = await owing('utility');
    for (let date = '2026-01-02'; date <= '2026-01-25'; date = addDays(date, 1)) {
      await run(date);
      await run(date);
    }
    const byDays = await posted(debt, 'interest');
    expect(byDays).toHaveLength(24);
    expect(byDays[0]).toBe('interest interest 10 2026-01-01 2026-01-02');
    expect(await sum(debt, 'interest')).toBe(240);

    const other = await owing('utility');
    await run('2026-01-26');
    expect(await posted(other, 'interest')).toEqual(['interest interest 250 2026-01-25 2026-01-26']);
    expect(await sum(debt, 'interest')).toBe(250);
  });

  test('is posted by the month where the office says so, and by nobody where it says nothing', async () => {
    const [monthly, asOrdered] = [await owing('refuse'), await owing('permit')];
    for (const date of ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-02']) await run(date);
    expect(await posted(monthly, 'interest')).toEqual([
      'interest interest 310 2026-01-31 2026-02-01',
      'interest interest 280 2026-02-28 2026-03-02',
    ]);
    expect(await posted(asOrdered, 'interest')).toEqual([]);
  });

  test('is none for the days of a stop and of an arrangement that freeze it', async () => {
    const [stopped, arranged] = [await owing('utility'), await owing('utility')];
    await stop(stopped, '2026-01-11', '2026-01-20');
    office.clock.set('2026-01-11T18:00:00Z');
    const arrangements = new ArrangementCommands(database.gateway, [office.jurisdiction], office.clock);
    const { arrangementId } = await arrangements.agree(asked(), {
      ...{ debtIds: [arranged.id], allocation: 'oldest-first', idempotencyKey: 'a' },
      terms: {
        ...{ frequency: 'monthly', firstDueOn: '2026-02-01', amountMinor: null, firstInstalmentMinor: null },
        ...{ instalments: 5, instalmentMinor: null, until: null },
      },
    });
    await run('2026-01-16');
    office.clock.set('2026-01-21T18:00:00Z');
    await arrangements.end(asked(), arrangementId, 'asked for');
    await run('2026-01-26');
    expect(await sum(stopped, 'interest')).toBe(150);
    expect(await sum(arranged, 'interest')).toBe(150);
  });

  test('is posted by the clock on the date of the office', async () => {
    const debt = await owing('utility');
    // Still the 3rd of January in Chicago.
    office.clock.set('2026-01-04T05:00:00Z');
    await runs.runAll();
    expect(await posted(debt, 'interest')).toEqual(['interest interest 20 2026-01-02 2026-01-03']);
  });
});

describe('charges by rule', () => {
  test('are posted on their days, with their source, reason and authority, and once', async () => {
    const debt = await owing('water');
    for (const date of ['2026-01-30', '2026-01-31', '2026-01-31', '2026-02-01']) await run(date);
    await run('2026-04-15');
    expect(await posted(debt, 'charge:late-fee')).toEqual(['fee fee 2500 2026-01-31 2026-01-31']);
    expect(await posted(debt, 'charge:collection')).toEqual([
      'fee cost 3000 2026-02-01 2026-02-01',
      'fee cost 3000 2026-03-01 2026-04-15',
    ]);
    expect(
      await database.asOwner(
        `select idempotency_key as key, reason, reference, actor from cases.ledger_entry
         where debt_id = $1 and source like 'charge:%' order by case_version limit 1`,
        [debt.id],
      ),
    ).toEqual([{ key: 'charge:late-fee:1', reason: 'Late fee', reference: 'Example Code 1.2', actor: 'ledger' }]);
  });

  test('are posted once by runs that were cut off, and by several at once', async () => {
    const debts = [await owing('water'), await owing('utility'), await owing('water')];
    await run('2026-01-31');
    await database.asOwner('delete from cases.ledger_run');
    await Promise.all([run('2026-02-02'), run('2026-02-02'), run('2026-02-02')]);
    for (const debt of debts) expect(await sum(debt, 'charge:late-fee')).toBe(2_500);
    expect(await sum(debts[2]!, 'charge:collection')).toBe(3_000);
    expect(await sum(debts[1]!, 'interest')).toBe(320);
  });

  test('are not posted again once an officer took one back', async () => {
    const debt = await owing('utility');
    await run('2026-01-31');
    const [fee] = await database.asOwner<{ id: string }>(
      `select id from cases.ledger_entry where debt_id = $1 and kind = 'fee'`,
      [debt.id],
    );
    office.clock.set('2026-02-01T18:00:00Z');
    const ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
    await ledger.reverse(asked(), {
      ...{ debtId: debt.id, entryId: fee!.id, effectiveOn: null, reference: null, reason: 'goodwill' },
      idempotencyKey: 'back',
    });
    await database.asOwner('delete from cases.ledger_run');
    await run('2026-03-01');
    expect(await posted(debt, 'charge:late-fee')).toHaveLength(1);
  });

  test('are taken back once it is known that the day was frozen, or that the debt had been paid', async () => {
    const [stopped, paid, owed] = [await owing('utility'), await owing('utility'), await owing('utility')];
    await run('2026-01-31');
    office.clock.set('2026-02-02T18:00:00Z');
    await stop(stopped, '2026-01-25', '2026-03-25');
    const pay = (debt: RegisteredDebt, amountMinor: number) =>
      office.commands.postPayment(asked(), {
        ...{ debtId: debt.id, amountMinor, currency: 'USD', paidOn: '2026-01-20', reference: null },
        ...{ idempotencyKey: 'late', settles: false },
      });
    await pay(paid, 37_000);
    await pay(owed, 20_000);
    await Promise.all([run('2026-02-02'), run('2026-02-02')]);
    await run('2026-02-03');
    const takenBack = ['fee fee 2500 2026-01-31 2026-01-31', 'reversal 2500 2026-01-31 2026-02-02'];
    expect(await posted(stopped, 'charge:late-fee')).toEqual(takenBack);
    expect(await posted(paid, 'charge:late-fee')).toEqual(takenBack);
    expect(await posted(owed, 'charge:late-fee')).toEqual(takenBack.slice(0, 1));
  });

  test('are none on frozen days, on debts that are paid, on other types and for what was due before they came', async () => {
    const [frozen, paid, other] = [await owing('utility'), await owing('utility'), await owing('permit')];
    const late = await owing('utility', '2025-12-01');
    await stop(frozen, '2026-01-20', '2026-02-20');
    await office.commands.postPayment(asked(), {
      ...{ debtId: paid.id, amountMinor: 36_500, currency: 'USD', paidOn: null, reference: null },
      ...{ idempotencyKey: 'paid', settles: false },
    });
    await run('2026-03-31');
    for (const debt of [frozen, paid, other, late]) expect(await posted(debt, 'charge:late-fee')).toEqual([]);
  });
});
