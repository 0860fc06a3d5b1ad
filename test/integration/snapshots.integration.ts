import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import { readSnapshots } from '@concord/core/positions/read-snapshots';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, openTestOffice, testJurisdiction, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

const AGENCY = 'agency-a';
let database: TestDatabase;
let office: TestOffice;
let posted = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterAll(() => database.close());

async function snapshots(debts: readonly RegisteredDebt[], date: string | null = TODAY): Promise<DebtSnapshot[]> {
  const ids = debts.map(({ id }) => id);
  return database.connectors.transaction((manager) => readSnapshots(manager, AGENCY, ids, date));
}
const snapshot = async (debt: RegisteredDebt, date?: string | null): Promise<DebtSnapshot> =>
  (await snapshots([debt], date))[0]!;

/** Posts an entry that no command makes yet. */
async function post(debt: RegisteredDebt, kind: string, amount: number, on: string, reverses: string | null = null) {
  posted += 1;
  const [entry] = await database.asOwner<{ id: string }>(
    `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
       source, idempotency_key, reverses, actor, recorded_at)
     values (gen_random_uuid(), $1, $2, 1, $3, $4, 'USD', $5, 'test', $6, $7, 'tester', now()) returning id`,
    [debt.id, debt.caseId, kind, amount, on, `posted-${posted}`, reverses],
  );
  return entry!.id;
}

async function refer(
  debt: RegisteredDebt,
  dates: { madeOn: string; expiresOn?: string; withdrawnOn?: string },
  connector = AGENCY,
): Promise<string> {
  const [made] = await database.asOwner<{ id: string }>(
    `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, made_on, expires_on, withdrawn_on,
       actor, recorded_at)
     values (gen_random_uuid(), $1, $2, 'place', $3, 'officer', $4, $5, $6, 'tester', now()) returning id`,
    [debt.caseId, debt.id, connector, dates.madeOn, dates.expiresOn ?? null, dates.withdrawnOn ?? null],
  );
  return made!.id;
}

describe('the itemisation of a debt', () => {
  const entry = (kind: IntakeRow['entries'][number]['kind'], amountMinor: number, on: string) => {
    posted += 1;
    return { kind, amountMinor, on, reference: `entry-${posted}` };
  };
  const itemised = async (changes: Partial<IntakeRow> = {}): Promise<RegisteredDebt> =>
    office.debt(
      debtRow({
        itemisedOn: '2025-08-01',
        entries: [
          entry('assessment', 50_000, '2025-05-01'),
          entry('fee', 2_500, '2025-06-15'),
          entry('interest', 300, '2025-08-01'),
          entry('payment', 1_000, '2025-08-01'),
          entry('interest', 400, '2025-08-02'),
          entry('interest', 50, '2025-09-01'),
          entry('fee', 700, '2025-09-01'),
          entry('payment', 2_000, '2025-10-01'),
          entry('payment', 3_000, '2025-11-01'),
        ],
        ...changes,
      }),
    );
  const total = ({ itemisation }: DebtSnapshot): number =>
    itemisation!.balanceMinor +
    itemisation!.interestSinceMinor +
    itemisation!.feesSinceMinor -
    itemisation!.paymentsSinceMinor -
    itemisation!.creditsSinceMinor;

  test('says what was owed at the end of its date, and what came to it after', async () => {
    const debt = await itemised();
    const found = await snapshot(debt);
    expect(found.itemisation).toEqual({
      on: '2025-08-01',
      balanceMinor: 51_800,
      interestSinceMinor: 450,
      feesSinceMinor: 700,
      paymentsSinceMinor: 5_000,
      creditsSinceMinor: 0,
    });
    expect(total(found)).toBe(found.ledger.balanceMinor);
  });

  test('takes a reversal from the payments, and counts adjustments and write-offs as credits', async () => {
    const debt = await itemised();
    const paid = await post(debt, 'payment', 600, '2025-11-02');
    await post(debt, 'reversal', 600, '2025-11-09', paid);
    await post(debt, 'adjustment', 70, '2025-11-10');
    await post(debt, 'write-off', 8, '2025-11-11');
    await post(debt, 'adjustment', 9, '2025-08-01');
    const found = await snapshot(debt);
    expect(found.itemisation).toMatchObject({ balanceMinor: 51_791, paymentsSinceMinor: 5_000, creditsSinceMinor: 78 });
    expect(total(found)).toBe(found.ledger.balanceMinor);
  });

  test('counts the reversal of a payment from before the date on its own day', async () => {
    const debt = await office.debt(debtRow({ itemisedOn: '2025-08-01' }));
    const paid = await post(debt, 'payment', 2_000, '2025-07-20');
    await post(debt, 'reversal', 2_000, '2025-08-05', paid);
    const found = await snapshot(debt);
    expect(found.itemisation).toMatchObject({ balanceMinor: 50_500, paymentsSinceMinor: -2_000 });
    expect(total(found)).toBe(52_500);
  });

  test('does not add up when something was assessed after the date', async () => {
    const debt = await office.debt(debtRow());
    await post(debt, 'assessment', 4_000, '2025-06-16');
    const found = await snapshot(debt);
    expect(total(found)).toBe(52_500);
    expect(found.ledger.balanceMinor).toBe(56_500);
  });

  test('is none where nobody chose a date, and is there once somebody does', async () => {
    const debt = await office.debt(debtRow({ itemisedOn: null }));
    expect((await snapshot(debt)).itemisation).toBeNull();
    await office.commands.setItemisation(asked(), { debtId: debt.id, on: '2025-06-14' });
    expect((await snapshot(debt)).itemisation).toMatchObject({ balanceMinor: 50_000, feesSinceMinor: 2_500 });
  });

  test('is each debt its own in a batch', async () => {
    const debts = [await itemised(), await office.debt(debtRow({ itemisedOn: null })), await itemised()];
    const found = await snapshots(debts);
    expect(found.map(({ itemisation }) => itemisation?.balanceMinor ?? null)).toEqual([51_800, null, 51_800]);
  });
});

describe('the proofs of a debt', () => {
  test('are in the order of their dates, with those that came with it', async () => {
    const debt = await office.debt(debtRow({ proofs: [{ kind: 'notice-sent', on: '2025-07-01', reference: null }] }));
    const record = (kind: 'notice-returned' | 'conversation-held', on: string) =>
      office.commands.recordProof(asked(), { debtId: debt.id, kind, on, reference: null, idempotencyKey: kind });
    await record('notice-returned', '2025-07-09');
    await record('conversation-held', '2025-06-20');
    const bare = await office.debt(debtRow({ proofs: [] }));
    expect((await snapshots([debt, bare])).map(({ proofs }) => proofs)).toEqual([
      [
        { kind: 'conversation-held', on: '2025-06-20' },
        { kind: 'notice-sent', on: '2025-07-01' },
        { kind: 'notice-returned', on: '2025-07-09' },
      ],
      [],
    ]);
  });
});

describe('what proofs say', () => {
  test('is told by what rules look at, without references', async () => {
    const debt = await office.debt(debtRow({ proofs: [] }));
    const record = (order: Partial<Parameters<TestOffice['commands']['recordProof']>[1]>) =>
      office.commands.recordProof(asked(), {
        ...{ debtId: debt.id, kind: 'certificate', on: '2025-07-01', reference: 'R-1' },
        ...{ idempotencyKey: JSON.stringify(order), ...order },
      });
    await record({
      ...{ kind: 'notice-sent', noticeKind: 'pre-intercept-notice', method: 'certified-mail', trackingNumber: '9400' },
    });
    await record({ kind: 'certificate', subject: 'active-duty-certificate', on: '2025-07-02' });
    await record({ kind: 'hearing-outcome', subject: 'parking-hearing', outcome: 'upheld', on: '2025-07-03' });
    await expect(record({ kind: 'notice-sent', subject: 'x' })).rejects.toMatchObject({ code: 'proof-details' });
    expect((await snapshot(debt)).proofs).toEqual([
      {
        ...{ kind: 'notice-sent', on: '2025-07-01', subject: 'pre-intercept-notice', method: 'certified-mail' },
        tracked: true,
      },
      { kind: 'certificate', on: '2025-07-02', subject: 'active-duty-certificate' },
      { kind: 'hearing-outcome', on: '2025-07-03', subject: 'parking-hearing', outcome: 'upheld' },
    ]);
  });
});

describe('a debt', () => {
  test('has its due day, the day of the judgment in force, and the family of its type', async () => {
    const debt = await office.debt(debtRow({ type: 'water', dueOn: '2025-06-01' }));
    expect((await snapshot(debt)).debt).toMatchObject({ family: 'charge', dueOn: '2025-06-01', judgmentOn: null });
    await database.asOwner(
      `insert into cases.judgment (id, debt_id, court, case_number, entered_on, principal_minor, interest_minor,
         fees_minor, costs_minor, idempotency_key)
       values (gen_random_uuid(), $1, 'County Court', 'C-1', '2025-11-03', 100, 0, 0, 0, 'k')`,
      [debt.id],
    );
    expect((await snapshot(debt)).debt).toMatchObject({ judgmentOn: '2025-11-03' });
    const unknown = await office.debt(debtRow({ type: 'no-such-type' }));
    expect((await snapshot(unknown)).debt.family).toBeNull();
  });

  test("is of the family that the office's own types say", async () => {
    const debtTypes = [{ code: 'water', title: 'Water rates', family: 'tax' }];
    await storeJurisdictions(database.gateway, [testJurisdiction({ debtTypes })]);
    const debt = await office.debt(debtRow({ type: 'water' }));
    expect((await snapshot(debt)).debt.family).toBe('tax');
  });
});

describe('the parties of a debt', () => {
  test('have numbers of their own, the same wherever they owe', async () => {
    const robin = person();
    const [first, second] = await snapshots([
      await office.debt(debtRow({ debtor: robin })),
      await office.debt(debtRow({ debtor: person(), coDebtors: [robin] })),
    ]);
    const numbers = second!.parties.map(({ number }) => number);
    expect(numbers[0]).toMatch(/^\d+$/);
    expect(numbers[1]).toBe(first!.parties[0]!.number);
    expect(new Set(numbers).size).toBe(2);
  });
});

describe('the referral that ended', () => {
  const read = async (debt: RegisteredDebt, date: string | null = TODAY) => {
    const { referral, endedReferral } = await snapshot(debt, date);
    return { inForce: referral?.id ?? null, ended: endedReferral };
  };

  test('is none for a debt that was never referred to the connector, whoever else had it', async () => {
    const debt = await office.debt(debtRow());
    await refer(debt, { madeOn: '2025-09-01', withdrawnOn: '2025-10-01' }, 'agency-b');
    expect(await read(debt)).toEqual({ inForce: null, ended: null });
  });

  test('is the one that was withdrawn last, and none again while another is in force', async () => {
    const debt = await office.debt(debtRow());
    await refer(debt, { madeOn: '2025-11-01', withdrawnOn: '2025-11-10' });
    const last = await refer(debt, { madeOn: '2025-10-01', expiresOn: '2027-01-01', withdrawnOn: '2025-12-01' });
    await refer(debt, { madeOn: '2025-09-01', withdrawnOn: '2025-10-01' });
    expect(await read(debt)).toEqual({ inForce: null, ended: { id: last, endedOn: '2025-12-01' } });
    const current = await refer(debt, { madeOn: '2026-01-05' });
    expect(await read(debt)).toEqual({ inForce: current, ended: null });
  });

  test('ended on its last day where it ran out before somebody withdrew it', async () => {
    const debt = await office.debt(debtRow());
    const id = await refer(debt, { madeOn: '2025-09-01', expiresOn: '2025-12-31', withdrawnOn: '2026-02-01' });
    expect(await read(debt)).toEqual({ inForce: null, ended: { id, endedOn: '2025-12-31' } });
  });

  test('is the one that ran out by the day of judgement, of which the rules still say so', async () => {
    const debt = await office.debt(debtRow());
    const id = await refer(debt, { madeOn: '2025-09-01', expiresOn: TODAY });
    expect(await read(debt)).toEqual({ inForce: id, ended: null });
    expect(await read(debt, '2026-03-17')).toEqual({ inForce: id, ended: { id, endedOn: TODAY } });
    expect(await read(debt, null)).toEqual({ inForce: id, ended: null });
  });
});
