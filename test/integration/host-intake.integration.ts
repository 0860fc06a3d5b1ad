import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import { hostFile, openHostDesk } from '../support/host-files.js';
import type { HostDesk } from '../support/host-files.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, TODAY } from '../support/test-office.js';

let database: TestDatabase;
let desk: HostDesk;

beforeEach(async () => {
  database = await openTestDatabase();
  desk = await openHostDesk(database);
});
afterEach(async () => {
  await desk.close();
  await database.close();
});

const debt = (account: string, amount: string, changes: { fees?: string; street?: string; delinquent?: string } = {}) =>
  `${account},utility,${amount},${changes.fees ?? ''},2025-05-01,${changes.delinquent ?? '2025-06-15'},C-${account},Sample,` +
  `${changes.street ?? '1 Example Street'},Exampleton,75001,,N`;
const inPicture = (row: string) => row.slice(0, -2);
const balances = async () =>
  Object.fromEntries(
    (
      await database.asOwner<{ debt: string; balance: string }>(
        `select d.source_reference as debt, s.balance_minor::int as balance from cases.debt d
         join cases_v1.ledger_sum s on s.debt_id = d.id order by 1`,
      )
    ).map(({ debt: key, balance }) => [key, balance]),
  );

describe('files as changes', () => {
  test('bring new debts, corrections, counter payments and withdrawals, each as entries', async () => {
    const taken = await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '100.00'), debt('B', '50.00')]));
    expect(taken).toMatchObject({ state: 'applied', rowsRead: 2, rowsFaulty: 0, before: false });
    await desk.take('payments', hostFile('2026-03-03', 1, ['R1,A,30.00,2026-03-03,P', 'R2,B,5.00,2026-03-03,P']));
    await desk.take('changes', hostFile('2026-03-04', 1, ['A,,120.00,5.00,,2025-07-01,,,,,,,C', 'B,,,,,,,,,,,,W']));
    expect(await balances()).toEqual({ A: 9500, B: 0 });
    await desk.take('payments', hostFile('2026-03-05', 1, ['R1,A,20.00,2026-03-03,P', 'R2,,,,W']));
    // What B was owed when it was withdrawn is more without the payment, and all of it is off.
    expect(await balances()).toEqual({ A: 10500, B: 0 });
    const entries = await database.asOwner(
      `select e.kind, e.amount_minor::int as amount, e.effective_on, e.source from cases.ledger_entry e
       join cases.debt d on d.id = e.debt_id where d.source_reference = 'A' order by e.case_version, e.kind`,
    );
    expect(entries).toEqual([
      { kind: 'assessment', amount: 10000, effective_on: '2025-05-01', source: 'host:water' },
      { kind: 'payment', amount: 3000, effective_on: '2026-03-03', source: 'host:water' },
      { kind: 'assessment', amount: 2000, effective_on: '2026-03-04', source: 'host:water' },
      { kind: 'fee', amount: 500, effective_on: '2026-03-04', source: 'host:water' },
      { kind: 'reversal', amount: 3000, effective_on: '2026-03-03', source: 'host:water' },
      { kind: 'payment', amount: 2000, effective_on: '2026-03-03', source: 'host:water' },
    ]);
    expect(await database.asOwner('select field, before, after, source from cases.host_correction')).toEqual([
      { field: 'delinquentOn', before: '2025-06-15', after: '2025-07-01', source: 'host:water' },
    ]);
    // Who looks at the debt's dates finds it among those that officers changed.
    const dates = 'select date_kind, before, after, source from cases.debt_date_change';
    expect(await database.asOwner(dates)).toEqual([
      { date_kind: 'delinquent', before: '2025-06-15', after: '2025-07-01', source: 'host:water' },
    ]);
    expect(
      await database.asOwner(
        `select count(*)::int as n from cases.outbox where event->>'type' = 'concord.debt.changed.v1'`,
      ),
    ).toEqual([{ n: 1 }]);
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
    expect(await database.asOwner('select 1 from cases.host_row')).toEqual([]);
  });

  test('change nothing when they come again', async () => {
    const file = hostFile('2026-03-02', 1, [debt('A', '100.00')]);
    await desk.take('changes', file);
    const versions = () => database.asOwner('select id, version from cases.case_file order by id');
    const before = await versions();
    expect(await desk.take('changes', file)).toMatchObject({ state: 'applied', before: true });
    // The same words of another day are said anew, and are the same.
    await desk.take('changes', hostFile('2026-03-03', 1, [debt('A', '100.00')]));
    expect(await versions()).toEqual(before);
  });

  test('undo nothing of a newer file when they are older', async () => {
    await desk.take('changes', hostFile('2026-03-04', 1, [debt('A', '80.00', { street: '2 New Street' })]));
    await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '100.00', { street: '1 Old Street' })]));
    expect(await balances()).toEqual({ A: 8000 });
    expect(await database.asOwner(`select address->>'line1' as line1 from cases.party`)).toEqual([
      { line1: '2 New Street' },
    ]);
  });

  test('set bad rows aside with field, value and rule, the personal masked', async () => {
    const bad = debt('B', '10.00').replace('75001,,N', '75001,123,N');
    const taken = await desk.take(
      'changes',
      hostFile('2026-03-02', 1, [debt('A', '100.00'), bad, debt('C', 'ten'), ',,,,,,,,,,,,C', debt('D', '1.00') + 'X']),
    );
    expect(taken).toMatchObject({ state: 'applied', rowsRead: 5, rowsFaulty: 4 });
    const faults = await desk.commands.faults(taken.id, 0, 100);
    expect(faults.map(({ line, field, value, rule }) => [line, field, value, rule])).toEqual([
      [3, 'ssn', '(3 characters)', 'value'],
      [4, 'amount', 'ten', 'number'],
      [5, 'debtReference', null, 'required'],
      [6, 'action', 'NX', 'code-list'],
    ]);
    expect(await balances()).toEqual({ A: 10000 });
  });

  test('are refused as a whole for a bad total, before a row is applied', async () => {
    const wrong = hostFile('2026-03-02', 1, [debt('A', '100.00')]).replace('T,1', 'T,2');
    expect(await desk.take('changes', wrong)).toMatchObject({ state: 'refused' });
    expect(await balances()).toEqual({});
    expect(await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '100.00')]))).toMatchObject({
      state: 'applied',
    });
    expect(await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '90.00')]))).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('says something else'),
    });
    expect(await desk.take('changes', hostFile('2027-01-01', 1, [debt('A', '90.00')]))).toMatchObject({
      state: 'refused',
    });
  });

  test('have a debt looked at first when it is of the age that a strategy counts from the date that it names', async () => {
    const strategy = {
      ...{ id: 'young', act: 'report', connectors: ['bureau'], debtTypes: ['utility'], ageFrom: 'incurred' },
      ...{ minAgeDays: 90, minBalanceMinor: 0 },
    };
    await desk.close();
    desk = await openHostDesk(database, { strategies: [strategy] });
    await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '100.00')]));
    expect(await database.asOwner('select strategy_review_on from cases.debt')).toEqual([
      { strategy_review_on: '2025-07-30' },
    ]);
  });

  test('a payment for a debt that no file named yet waits for it', async () => {
    await desk.take('payments', hostFile('2026-03-01', 1, ['R1,A,30.00,2026-03-01,P']));
    await desk.take('changes', hostFile('2026-03-02', 1, [debt('A', '100.00')]));
    expect(await balances()).toEqual({ A: 7000 });
  });
});

describe('a full picture', () => {
  const rows = ['A', 'B', 'C', 'D'].map((key) => inPicture(debt(key, '100.00')));

  test('closes what it lacks, and opens it again when it is back', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    await desk.take('payments', hostFile('2026-03-02', 1, ['R1,A,30.00,2026-03-02,P']));
    expect(await desk.take('picture', hostFile('2026-03-03', 1, rows.slice(1)))).toMatchObject({
      ...{ state: 'applied', wouldClose: 1, openDebts: 4 },
    });
    expect(await balances()).toMatchObject({ A: 0, B: 10000 });
    await desk.take('picture', hostFile('2026-03-04', 1, rows));
    expect(await balances()).toMatchObject({ A: 7000 });
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });

  test('waits for a person when it would close more than the share, and again for nobody', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    const held = await desk.take('picture', hostFile('2026-03-03', 1, rows.slice(3)));
    expect(held).toMatchObject({ state: 'held', wouldClose: 3, openDebts: 4, examples: ['A', 'B', 'C'] });
    expect(await balances()).toMatchObject({ A: 10000, D: 10000 });
    const accepted = await desk.commands.accept(asked('chief'), held.id, 'the host moved them');
    expect(accepted).toMatchObject({ state: 'applied', decidedBy: 'chief' });
    expect(await balances()).toEqual({ A: 0, B: 0, C: 0, D: 10000 });
    await expect(desk.commands.accept(asked(), held.id, 'again')).rejects.toMatchObject({ code: 'host-file-not-held' });
    const other = await desk.take('picture', hostFile('2026-03-05', 1, []));
    expect(await desk.commands.refuse(asked(), other.id, 'half a file')).toMatchObject({ state: 'dismissed' });
    expect(await balances()).toMatchObject({ D: 10000 });
  });

  test('goes on where it was cut off, when the same file is taken again', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    const content = hostFile('2026-03-03', 1, rows.slice(3));
    const { id } = await desk.take('picture', content);
    // As a kill leaves it, after a person accepted it and before its first row was applied.
    await database.asOwner(`update cases.host_file set state = 'applying' where id = $1`, [id]);
    // Until it is applied to its end, it says nothing of what it lacks.
    await desk.take('payments', hostFile('2026-03-03', 1, ['R1,A,30.00,2026-03-03,P']));
    expect(await balances()).toMatchObject({ A: 7000 });
    expect(await desk.take('picture', content)).toMatchObject({ id, state: 'applied', before: false });
    expect(await balances()).toEqual({ A: 0, B: 0, C: 0, D: 10000 });
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });

  test('goes on where it was cut off, when it is accepted again', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    const { id } = await desk.take('picture', hostFile('2026-03-03', 1, rows.slice(3)));
    await database.asOwner(`update cases.host_file set state = 'applying' where id = $1`, [id]);
    await expect(desk.commands.refuse(asked(), id, 'too late')).rejects.toMatchObject({ code: 'host-file-not-held' });
    expect(await desk.commands.accept(asked(), id, 'as before')).toMatchObject({ state: 'applied' });
    expect(await balances()).toEqual({ A: 0, B: 0, C: 0, D: 10000 });
  });

  test('is gone on with by the gateway itself once nobody else does, as whoever accepted it', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    const { id } = await desk.take('picture', hostFile('2026-03-03', 1, rows.slice(3)));
    expect(await desk.commands.resume()).toBe(false);
    await database.asOwner(`update cases.host_file set state = 'applying', decided_by = 'chief' where id = $1`, [id]);
    expect(await desk.commands.resume()).toBe(false);
    desk.office.clock.set(`${TODAY}T15:06:00Z`);
    expect(await desk.commands.resume()).toBe(true);
    expect(await desk.commands.show(id)).toMatchObject({ state: 'applied' });
    expect(await balances()).toEqual({ A: 0, B: 0, C: 0, D: 10000 });
    const by = await database.asOwner(`select distinct actor from cases.ledger_entry where reference = 'withdrawn'`);
    expect(by).toEqual([{ actor: 'chief' }]);
    expect(await desk.commands.resume()).toBe(false);
  });

  test('is read again from what was kept of it where that was cut off, three times at most', async () => {
    await database.asOwner('revoke insert on cases.host_row from concord_gateway');
    await expect(desk.take('picture', hostFile('2026-03-02', 1, rows))).rejects.toThrow();
    for (const minute of ['06', '12']) {
      desk.office.clock.set(`${TODAY}T15:${minute}:00Z`);
      await expect(desk.commands.resume()).rejects.toThrow();
      expect(await desk.commands.resume()).toBe(false);
    }
    await database.asOwner('grant insert on cases.host_row to concord_gateway');
    desk.office.clock.set(`${TODAY}T15:18:00Z`);
    expect(await desk.commands.resume()).toBe(true);
    expect(await balances()).toEqual({ A: 10000, B: 10000, C: 10000, D: 10000 });
    await database.asOwner(`update cases.host_file set state = 'applying'`);
    desk.office.clock.set(`${TODAY}T16:00:00Z`);
    expect(await desk.commands.resume()).toBe(false);
  });

  test('does not close a debt whose row is bad', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, rows));
    const bad = rows[0]!.replace('2025-05-01', '2099-05-01');
    expect(await desk.take('picture', hostFile('2026-03-03', 1, [bad, ...rows.slice(1)]))).toMatchObject({
      ...{ state: 'applied', wouldClose: 0, rowsFaulty: 1 },
    });
    // Nor one of which its key alone could be read; what is missing is closed all the same.
    const wrong = rows[0]!.replace(',100.00,', ',ten,');
    expect(wrong).not.toBe(rows[0]);
    expect(await desk.take('picture', hostFile('2026-03-03', 2, [wrong, ...rows.slice(1, 3)]))).toMatchObject({
      ...{ state: 'applied', wouldClose: 1, rowsUnreadable: 0, rowsFaulty: 1 },
    });
    expect(await balances()).toMatchObject({ A: 10000, D: 0 });
    await desk.take('picture', hostFile('2026-03-03', 3, rows));
    // What stands in the place of a key that nobody has may be anything.
    const strange = wrong.replace('A,', 'Z,');
    expect(await desk.take('picture', hostFile('2026-03-03', 4, [strange, ...rows.slice(1)]))).toMatchObject({
      ...{ state: 'held', wouldClose: 1, rowsUnreadable: 1 },
    });
    // A row that can't even be cut may be any debt.
    const cut = `"A${rows[0]!}`;
    expect(await desk.take('picture', hostFile('2026-03-04', 1, [cut, ...rows.slice(1)]))).toMatchObject({
      ...{ state: 'held', wouldClose: 1, rowsUnreadable: 1 },
    });
    expect(await balances()).toMatchObject({ A: 10000 });
  });
});
