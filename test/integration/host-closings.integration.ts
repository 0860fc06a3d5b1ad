import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { violations } from '@concord/core/cases/conservation';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { lockCases } from '@concord/core/cases/lock-cases';
import { postPayment } from '@concord/core/cases/payments';
import { holdGroup } from '@concord/core/parties/party-group';
import { hostFile, openHostDesk } from '../support/host-files.js';
import type { HostDesk } from '../support/host-files.js';
import { openTestDatabase, waitingFor } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE } from '../support/test-office.js';

let database: TestDatabase;
let desk: HostDesk;

beforeEach(async () => {
  database = await openTestDatabase();
  desk = await openHostDesk(database);
});
afterEach(async () => {
  expect(await violations(database.gateway, OFFICE)).toEqual([]);
  await desk.close();
  await database.close();
});

const row = (key: string, changes: { customer?: string; street?: string; fees?: string } = {}) =>
  `${key},utility,100.00,${changes.fees ?? ''},2025-05-01,2025-06-15,${changes.customer ?? `C-${key}`},Sample,` +
  `${changes.street ?? '1 Example Street'},Exampleton,75001,`;
const ROWS = ['A', 'B', 'C', 'D'].map((key) => row(key));
const balances = async () =>
  Object.fromEntries(
    (
      await database.asOwner<{ debt: string; balance: number }>(
        `select d.source_reference as debt, s.balance_minor::int as balance from cases.debt d
         join cases_v1.ledger_sum s on s.debt_id = d.id order by 1`,
      )
    ).map(({ debt, balance }) => [debt, balance]),
  );
const idsOf = async (key: string) => {
  const [found] = await database.asOwner<{ debtId: string; caseId: string; partyId: string }>(
    `select d.id as "debtId", d.case_id as "caseId", c.debtor_id as "partyId"
     from cases.debt d join cases.case_file c on c.id = d.case_id where d.source_reference = $1`,
    [key],
  );
  return found!;
};
const payment = (debtId: string, paidOn: string) => ({
  ...{ debtId, amountMinor: 4_000, currency: 'USD', paidOn, reference: null, settles: false },
  idempotencyKey: `agency ${paidOn}`,
});
/** What closing posted of a debt, in its order. */
const closings = (debtId: string) =>
  database.asOwner(
    `select kind, amount_minor::int as amount, effective_on from cases.ledger_entry
     where debt_id = $1 and reference = 'withdrawn' order by case_version`,
    [debtId],
  );

/** Takes a file in while a transaction holds something that it needs. */
async function takenBeside(
  content: string,
  hold: (manager: EntityManager) => Promise<unknown>,
  meanwhile: (manager: EntityManager) => Promise<unknown>,
) {
  let taking!: ReturnType<HostDesk['take']>;
  await database.gateway.transaction(async (manager) => {
    await hold(manager);
    taking = desk.take('picture', content);
    taking.catch(() => undefined);
    await waitingFor(database, 1);
    await meanwhile(manager);
  });
  return taking;
}

describe('a debt that is gone', () => {
  test('is closed by what is owed when it is locked', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    const { debtId, caseId } = await idsOf('A');
    const posted = { ...payment(debtId, '2026-03-02'), bookedOn: '2026-03-16', source: 'agency' };
    await takenBeside(
      hostFile('2026-03-03', 1, ROWS.slice(1)),
      (manager) => lockCases(manager, [caseId]),
      (manager) => postPayment(manager, { ...asked(), at: desk.office.clock.now() }, posted),
    );
    expect(await closings(debtId)).toEqual([{ kind: 'adjustment', amount: 6_000, effective_on: '2026-03-03' }]);
    expect(await balances()).toMatchObject({ A: 0 });
  });

  test('is closed anew when others tell later of money that was taken before, whatever file comes next', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    await desk.take('picture', hostFile('2026-03-08', 1, ROWS.slice(1)));
    const { debtId } = await idsOf('A');
    await desk.office.commands.postPayment(asked(), payment(debtId, '2026-03-05'));
    expect(await balances()).toMatchObject({ A: -4_000 });
    await desk.take('payments', hostFile('2026-03-09', 1, []), 'parking');
    expect(await balances()).toMatchObject({ A: 0, B: 10_000 });
    expect(await closings(debtId)).toEqual([
      { kind: 'adjustment', amount: 10_000, effective_on: '2026-03-08' },
      { kind: 'reversal', amount: 10_000, effective_on: '2026-03-08' },
      { kind: 'adjustment', amount: 6_000, effective_on: '2026-03-08' },
    ]);
    // What is paid after that day is a credit, and stays one.
    await desk.office.commands.postPayment(asked(), payment(debtId, '2026-03-10'));
    await desk.take('payments', hostFile('2026-03-10', 1, []));
    expect(await balances()).toMatchObject({ A: -4_000 });
  });

  test('is closed anew by a payment at a counter that is a system of its own', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    await desk.take('picture', hostFile('2026-03-08', 1, ROWS.slice(1)));
    await desk.take('payments', hostFile('2026-03-09', 1, ['R1,A,40.00,2026-03-05,P']), 'parking');
    expect(await balances()).toMatchObject({ A: 0 });
  });

  test('stays open where an officer undid its closing, until the host has it and drops it again', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    await desk.take('picture', hostFile('2026-03-03', 1, ROWS.slice(1)));
    const { debtId } = await idsOf('A');
    const [closing] = await database.asOwner<{ id: string }>(
      `select id from cases.ledger_entry where debt_id = $1 and reference = 'withdrawn'`,
      [debtId],
    );
    const ledger = new LedgerCommands(database.gateway, [desk.office.jurisdiction], desk.office.clock);
    await ledger.reverse(asked(), {
      ...{
        debtId,
        entryId: closing!.id,
        reason: 'still owed',
        idempotencyKey: 'r',
        reference: null,
        effectiveOn: null,
      },
    });
    await desk.take('payments', hostFile('2026-03-04', 1, ['R1,A,40.00,2026-03-04,P']));
    await desk.take('picture', hostFile('2026-03-05', 1, ROWS.slice(1)));
    expect(await balances()).toMatchObject({ A: 6_000 });
    await desk.take('picture', hostFile('2026-03-06', 1, ROWS));
    await desk.take('picture', hostFile('2026-03-07', 1, ROWS.slice(1)));
    expect(await balances()).toMatchObject({ A: 0 });
  });
});

describe('a picture', () => {
  test('with codes closes no debt that is in it, and is held for those that it says are gone', async () => {
    await desk.take(
      'coded',
      hostFile(
        '2026-03-02',
        1,
        ROWS.map((each) => `${each},N`),
      ),
      'permits',
    );
    const corrected = ROWS.map((each) => `${each.replace('100.00', '90.00')},C`);
    expect(await desk.take('coded', hostFile('2026-03-03', 1, corrected), 'permits')).toMatchObject({
      state: 'applied',
    });
    expect(await balances()).toEqual({ A: 9_000, B: 9_000, C: 9_000, D: 9_000 });
    const gone = ROWS.map((each, index) => `${each},${index < 3 ? 'W' : 'N'}`);
    expect(await desk.take('coded', hostFile('2026-03-04', 1, gone), 'permits')).toMatchObject({
      ...{ state: 'held', wouldClose: 3, openDebts: 4, examples: ['A', 'B', 'C'] },
    });
  });

  test('closes nothing for a row that could not be read, accepted or not', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    const bad = `"${ROWS[0]!}`;
    const held = await desk.take('picture', hostFile('2026-03-03', 1, [bad, row('B', { fees: '5.00' }), ROWS[2]!]));
    expect(held).toMatchObject({ state: 'held', wouldClose: 2, rowsUnreadable: 1 });
    await desk.acceptAll();
    expect(await balances()).toEqual({ A: 10_000, B: 10_500, C: 10_000, D: 10_000 });
    await desk.take('picture', hostFile('2026-03-04', 1, ROWS.slice(0, 3)));
    expect(await balances()).toMatchObject({ A: 10_000, D: 0 });
  });

  test('is not held for debts that are paid', async () => {
    await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
    const paid = ['A', 'B', 'C'].map((key) => `R-${key},${key},100.00,2026-03-02,P`);
    await desk.take('payments', hostFile('2026-03-02', 1, paid));
    expect(await desk.take('picture', hostFile('2026-03-03', 1, ROWS.slice(3)))).toMatchObject({
      ...{ state: 'applied', wouldClose: 0, openDebts: 1 },
    });
  });
});

test('changes that say most debts are gone wait for a person', async () => {
  await desk.take(
    'changes',
    hostFile(
      '2026-03-02',
      1,
      ROWS.map((each) => `${each},N`),
    ),
  );
  const gone = ['A', 'B', 'C'].map((key) => `${key},,,,,,,,,,,,W`);
  expect(await desk.take('changes', hostFile('2026-03-03', 1, gone))).toMatchObject({ state: 'held', wouldClose: 3 });
  expect(await balances()).toMatchObject({ A: 10_000 });
  await desk.acceptAll();
  expect(await balances()).toEqual({ A: 0, B: 0, C: 0, D: 10_000 });
});

test('a file waits for a stop on a debtor to whom it adds a debt, and holds none of its cases meanwhile', async () => {
  await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
  const { caseId, partyId } = await idsOf('A');
  const taken = await takenBeside(
    hostFile('2026-03-03', 1, [...ROWS, row('E', { customer: 'C-A' })]),
    (manager) => holdGroup(manager, partyId),
    async (manager) => {
      expect(
        await manager.query('select 1 from cases.case_file where id = $1 for no key update nowait', [caseId]),
      ).toHaveLength(1);
    },
  );
  expect(taken).toMatchObject({ state: 'applied' });
  expect(await balances()).toMatchObject({ E: 10_000 });
});

test('a batch that the server broke a deadlock with is taken again', async () => {
  await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
  // As the server answers the one whom it chose. A sequence counts on through what is rolled back.
  await database.asOwner(`
    create sequence public.chosen;
    create function public.choose() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.chosen') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
        return new;
      end $$;
    create trigger choose before insert on cases.ledger_entry for each row execute function public.choose()`);
  const fees = row('A', { street: '2 New Street', fees: '5.00' });
  expect(await desk.take('picture', hostFile('2026-03-03', 1, [fees, ...ROWS.slice(1)]))).toMatchObject({
    state: 'applied',
  });
  expect(await balances()).toMatchObject({ A: 10_500, B: 10_000 });
});

test('interest and fees that are raised in a moratorium are never charged', async () => {
  await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
  const { partyId } = await idsOf('A');
  await desk.office.commands.placeStop(asked(), {
    ...{ subject: { kind: 'party', id: partyId }, kind: 'moratorium', startsOn: '2026-03-05', endsOn: '2026-03-09' },
    ...{ details: {}, source: 'test', idempotencyKey: 'm' },
  });
  const rows = [row('A', { fees: '12.50' }), row('B', { fees: '12.50' }), ...ROWS.slice(2)];
  const taken = await desk.take('picture', hostFile('2026-03-06', 1, rows));
  const [fault, ...others] = await desk.commands.faults(taken.id, 0, 10);
  expect(fault).toMatchObject({ line: 2, field: 'feesMinor', value: '1250', rule: 'frozen' });
  expect(others).toEqual([]);
  expect(await balances()).toMatchObject({ A: 10_000, B: 11_250 });
  // Afterwards what is new is charged, and what was withheld stays so; what the host takes back of it credits nothing.
  await desk.take('picture', hostFile('2026-03-11', 1, [row('A', { fees: '15.00' }), ...rows.slice(1)]));
  expect(await balances()).toMatchObject({ A: 10_250, B: 11_250 });
  await desk.take('picture', hostFile('2026-03-12', 1, [row('A', { fees: '2.50' }), ...rows.slice(1)]));
  expect(await balances()).toMatchObject({ A: 10_250 });
});

test('interest and fees with which a debt first comes are not charged in a moratorium of its debtor either', async () => {
  await desk.take('picture', hostFile('2026-03-02', 1, ROWS));
  const { partyId } = await idsOf('A');
  await desk.office.commands.placeStop(asked(), {
    ...{ subject: { kind: 'party', id: partyId }, kind: 'moratorium', startsOn: '2026-03-05', endsOn: '2026-03-09' },
    ...{ details: {}, source: 'test', idempotencyKey: 'm' },
  });
  const rows = [...ROWS, row('E', { customer: 'C-A', fees: '12.50' }), row('F', { customer: 'C-B', fees: '12.50' })];
  const taken = await desk.take('picture', hostFile('2026-03-06', 1, rows));
  expect(await desk.commands.faults(taken.id, 0, 10)).toMatchObject([
    { line: 6, field: 'feesMinor', value: '1250', rule: 'frozen' },
  ]);
  expect(await balances()).toMatchObject({ A: 10_000, E: 10_000, F: 11_250 });
  // Nor afterwards; what comes then with a new debt is charged.
  await desk.take('picture', hostFile('2026-03-11', 1, [...rows, row('G', { customer: 'C-A', fees: '12.50' })]));
  expect(await balances()).toMatchObject({ E: 10_000, F: 11_250, G: 11_250 });
});
