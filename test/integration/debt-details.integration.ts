import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DebtDetailCommands } from '@concord/core/cases/details/debt-detail-commands';
import type { JudgmentOrder } from '@concord/core/cases/details/enter-judgment';
import type { JudgmentTurnOrder } from '@concord/core/cases/details/turn-judgment';
import { readSnapshots } from '@concord/core/positions/read-snapshots';
import { rows } from '@concord/core/database/sql';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, openTestOffice, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;
let details: DebtDetailCommands;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, {
    debtTypes: [{ code: 'tree-felling', title: 'Tree felling', family: 'charge' }],
  });
  details = new DebtDetailCommands(database.gateway, [office.jurisdiction], office.clock);
});
afterAll(() => database.close());

const eventsOf = async ({ caseId }: RegisteredDebt): Promise<string[]> =>
  (
    await database.asOwner<{ kind: string }>('select kind from cases.change where case_id = $1 order by version', [
      caseId,
    ])
  ).map(({ kind }) => kind);

describe('the dates of a debt', () => {
  const change = (debt: RegisteredDebt, dates: Record<string, string | null>, idempotencyKey = 'one') =>
    details.changeDates(asked('officer.kim'), {
      ...{ debtId: debt.id, dates, reason: 'the bill said so', source: 'archive', idempotencyKey },
    });

  test('are changed once, told, and kept with what they were', async () => {
    const debt = await office.debt(debtRow());
    const dates = { due: '2025-06-01', delinquent: '2025-06-02' };
    const changed = { incurred: '2025-05-01', due: '2025-06-01', delinquent: '2025-06-02', itemised: '2025-06-15' };
    expect(await change(debt, dates)).toEqual({ dates: changed, changed: true });
    expect(await change(debt, dates)).toEqual({ dates: changed, changed: false });
    expect(await change(debt, dates, 'two')).toEqual({ dates: changed, changed: false });
    expect(await eventsOf(debt)).toEqual(['concord.debt.registered.v1', 'concord.debt.changed.v1']);
    expect((await details.details(debt.id)).dateChanges).toMatchObject([
      { date: 'delinquent', before: '2025-06-15', after: '2025-06-02', reason: 'the bill said so', source: 'archive' },
      { date: 'due', before: null, after: '2025-06-01', actor: 'officer.kim' },
    ]);
    const [snapshot] = await database.connectors.transaction((manager) =>
      readSnapshots(manager, 'agency', [debt.id], TODAY),
    );
    expect(snapshot!.debt.delinquentOn).toBe('2025-06-02');
    expect(await rows(database.connectors, 'select due_on from cases_v1.debt where id = $1', [debt.id])).toEqual([
      { due_on: '2025-06-01' },
    ]);
  });

  test('are taken back by null, and strategies look at the debt again', async () => {
    const debt = await office.debt(debtRow());
    await database.asOwner(`update cases.debt set strategy_review_on = '2030-01-01' where id = $1`, [debt.id]);
    expect(await change(debt, { delinquent: null })).toMatchObject({ dates: { delinquent: null }, changed: true });
    const [stored] = await rows<{ on: string }>(
      database.gateway,
      'select strategy_review_on as on from cases.debt where id = $1',
      [debt.id],
    );
    expect(stored!.on).toBe(TODAY);
    expect((await details.details(debt.id)).missing).toEqual([
      { fact: 'delinquentOn', rules: ['US-FCRA-04', 'US-FCRA-07'] },
      { fact: 'dueOn', rules: ['US-SOL-01'] },
    ]);
  });

  test('keep what the itemisation date was', async () => {
    const debt = await office.debt(debtRow());
    await office.commands.setItemisation(asked('officer.kim'), { debtId: debt.id, on: '2025-07-01' });
    expect((await details.details(debt.id)).dateChanges).toMatchObject([
      { date: 'itemised', before: '2025-06-15', after: '2025-07-01', actor: 'officer.kim' },
    ]);
  });

  test.each([
    ['date-in-future', { delinquent: '2026-03-17' }],
    ['dates-out-of-order', { due: '2025-06-16' }],
    ['dates-out-of-order', { incurred: '2025-07-01' }],
  ])('are refused as they can not be: %s', async (code, dates) => {
    const debt = await office.debt(debtRow());
    await expect(change(debt, dates)).rejects.toMatchObject({ code });
    expect(await eventsOf(debt)).toEqual(['concord.debt.registered.v1']);
  });

  test('are refused under a key that changed something else, and for a debt that is none', async () => {
    const debt = await office.debt(debtRow());
    await change(debt, { due: '2025-06-01' });
    await expect(change(debt, { due: '2025-06-03' })).rejects.toMatchObject({ code: 'key-reused' });
    const nobody = { ...debt, id: '00000000-0000-4000-8000-000000000000' };
    await expect(change(nobody, { due: null })).rejects.toMatchObject({ code: 'debt-unknown' });
  });
});

describe('a judgment', () => {
  const enter = (debt: RegisteredDebt, changes: Partial<JudgmentOrder> = {}) =>
    details.enterJudgment(asked(), {
      ...{ debtId: debt.id, court: 'Justice Court', caseNumber: 'JC-17', enteredOn: '2026-01-15', currency: 'USD' },
      ...{ principalMinor: 52_500, interestMinor: 0, feesMinor: 0, costsMinor: 8_500, yearlyPercent: '8.25' },
      ...{ enforceableUntil: '2036-01-14', against: null, source: 'court file', proof: 'ORDER-17' },
      ...{ idempotencyKey: 'judgment', ...changes },
    });
  const turn = (debt: RegisteredDebt, changes: Partial<JudgmentTurnOrder>) =>
    details.turnJudgment(asked(), {
      ...{ debtId: debt.id, turn: 'satisfied', on: null, enforceableUntil: null, reason: 'paid', source: 'court' },
      ...{ proof: null, idempotencyKey: 'turn', ...changes },
    });
  const judgments = async (debt: RegisteredDebt) => (await details.details(debt.id)).judgments;

  test('is recorded once, with whom it binds, and leaves the ledger alone', async () => {
    const debt = await office.debt(debtRow({ coDebtors: [person()] }));
    const { judgmentId } = await enter(debt);
    expect(await enter(debt)).toEqual({ judgmentId, entered: false });
    await expect(enter(debt, { costsMinor: 1 })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(enter(debt, { against: [debt.debtorId] })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(enter(debt, { idempotencyKey: 'two' })).rejects.toMatchObject({ code: 'judgment-stands' });
    expect(await judgments(debt)).toMatchObject([
      {
        ...{ id: judgmentId, state: 'in-force', principalMinor: 52_500, costsMinor: 8_500, yearlyPercent: '8.25' },
        ...{ enforceableUntil: '2036-01-14', endedOn: null, against: expect.any(Array) },
        history: [{ kind: 'entered', on: '2026-01-15', proof: 'ORDER-17', source: 'court file' }],
      },
    ]);
    expect((await judgments(debt))[0]!.against).toHaveLength(2);
    const [seen] = await rows<{ state: string; party_ids: string[] }>(
      database.connectors,
      'select state, party_ids from cases_v1.judgment where debt_id = $1',
      [debt.id],
    );
    expect(seen).toMatchObject({ state: 'in-force' });
    expect(seen!.party_ids).toContain(debt.debtorId);
    const [sum] = await rows<{ balance_minor: number }>(
      database.gateway,
      'select balance_minor from cases_v1.ledger_sum where debt_id = $1',
      [debt.id],
    );
    expect(sum!.balance_minor).toBe(52_500);
  });

  test('is renewed, satisfied and vacated, each with its history', async () => {
    const debt = await office.debt(debtRow());
    await enter(debt);
    expect(await turn(debt, { turn: 'renewed', enforceableUntil: '2046-01-14', idempotencyKey: 'r' })).toMatchObject({
      ...{ state: 'in-force', recorded: true },
    });
    expect(await turn(debt, { on: '2026-02-01' })).toMatchObject({ state: 'satisfied', recorded: true });
    expect(await turn(debt, { on: '2026-02-01' })).toMatchObject({ state: 'satisfied', recorded: false });
    await expect(turn(debt, { on: '2026-02-02' })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(turn(debt, { idempotencyKey: 'again' })).rejects.toMatchObject({ code: 'judgment-unknown' });
    expect(await turn(debt, { turn: 'vacated', idempotencyKey: 'v' })).toMatchObject({ state: 'vacated' });
    const [judgment] = await judgments(debt);
    expect(judgment).toMatchObject({ state: 'vacated', endedOn: TODAY, enforceableUntil: '2046-01-14' });
    expect(judgment!.history.map(({ kind }) => kind)).toEqual(['entered', 'renewed', 'satisfied', 'vacated']);
    expect((await eventsOf(debt)).filter((kind) => kind === 'concord.debt.changed.v1')).toHaveLength(4);
    await enter(debt, { caseNumber: 'JC-18', idempotencyKey: 'another' });
    expect((await judgments(debt)).map(({ state }) => state).sort()).toEqual(['in-force', 'vacated']);
  });

  test.each<[string, Partial<JudgmentOrder>]>([
    ['currency-differs', { currency: 'CAD' }],
    ['judgment-dates', { enteredOn: '2025-04-30' }],
    ['date-in-future', { enteredOn: '2026-03-17' }],
    ['judgment-empty', { principalMinor: 0, costsMinor: 0 }],
    ['party-not-liable', { against: ['00000000-0000-4000-8000-000000000000'] }],
  ])('is refused as it can not be: %s', async (code, changes) => {
    const debt = await office.debt(debtRow());
    await expect(enter(debt, changes)).rejects.toMatchObject({ code });
    expect(await judgments(debt)).toEqual([]);
  });

  test('has no turn before it was entered, nor in the future', async () => {
    const debt = await office.debt(debtRow());
    await expect(turn(debt, {})).rejects.toMatchObject({ code: 'judgment-unknown' });
    await enter(debt);
    await expect(turn(debt, { on: '2026-01-14' })).rejects.toMatchObject({ code: 'judgment-dates' });
    await expect(turn(debt, { on: '2026-03-17' })).rejects.toMatchObject({ code: 'date-in-future' });
  });

  test('comes in with its debt, and the same row again changes nothing', async () => {
    const debtor = person();
    const row = debtRow({
      ...{ debtor, coDebtors: [person()], dueOn: '2025-06-01' },
      judgment: {
        ...{ court: 'Justice Court', caseNumber: 'JC-9', enteredOn: '2025-12-01', principalMinor: 52_500 },
        ...{ interestMinor: 0, feesMinor: 0, costsMinor: 9_900, yearlyPercent: null, enforceableUntil: null },
        against: [debtor.sourceReference],
      },
    });
    const debt = await office.debt(row);
    expect(await office.register([row])).toEqual([{ outcome: 'unchanged', debtId: debt.id }]);
    const other = { ...row, judgment: { ...row.judgment!, costsMinor: 1 } };
    expect(await office.register([other])).toMatchObject([{ outcome: 'refused', code: 'known-with-other-content' }]);
    expect(await details.details(debt.id)).toMatchObject({
      dueOn: '2025-06-01',
      judgments: [{ caseNumber: 'JC-9', against: [debt.debtorId], history: [{ kind: 'entered', on: '2025-12-01' }] }],
    });
  });
});

describe('what is shown of a debt', () => {
  test('has the last payment that was not taken back', async () => {
    const debt = await office.debt(debtRow());
    const lastPaymentOn = async () => (await details.details(debt.id)).lastPaymentOn;
    expect(await lastPaymentOn()).toBeNull();
    const pay = async (paidOn: string) =>
      office.commands.postPayment(asked(), {
        ...{ debtId: debt.id, amountMinor: 1_000, currency: 'USD', paidOn, reference: null, settles: false },
        idempotencyKey: paidOn,
      });
    await pay('2026-01-05');
    const { entryId } = await pay('2026-02-05');
    expect(await lastPaymentOn()).toBe('2026-02-05');
    await database.asOwner(
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
         source, idempotency_key, reverses, actor, recorded_at)
       values (gen_random_uuid(), $1, $2, 9, 'reversal', 1000, 'USD', '2026-02-20', 'bank', 'bounced', $3, 'bank', now())`,
      [debt.id, debt.caseId, entryId],
    );
    expect(await lastPaymentOn()).toBe('2026-01-05');
  });

  test('has its type: of the office, of Concord, or only its code', async () => {
    const typeOf = async (type: string) => (await details.details((await office.debt(debtRow({ type }))).id)).type;
    expect(await typeOf('tree-felling')).toEqual({ code: 'tree-felling', title: 'Tree felling', family: 'charge' });
    expect(await typeOf('ems')).toMatchObject({ title: 'Ambulance bill', family: 'medical' });
    expect(await typeOf('something-else')).toEqual({ code: 'something-else', title: null, family: null });
  });
});
