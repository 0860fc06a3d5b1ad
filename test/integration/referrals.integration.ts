import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listReferrals } from '@concord/core/cases/case-reads';
import { makeReferrals } from '@concord/core/cases/referrals';
import type { ReferralOrder } from '@concord/core/cases/referrals';
import { exclusiveGroup } from '@concord/core/rules/domain/exclusive-acts';
import { debtRow, person } from '../support/intake-builder.js';
import { count, openTestDatabase, waitingFor } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
  await database.asOwner(
    `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode, settings_version, created_at)
     select id, $1, 'p', 'f', act, 'replace', id, 'on', 1, now()
     from (values ('bureau', 'report'), ('agency-a', 'place'), ('agency-b', 'place')) as c (id, act)`,
    [OFFICE],
  );
});
afterAll(() => database.close());

const refer = (debt: RegisteredDebt, connectorId = 'bureau', act: 'report' | 'place' = 'report') =>
  office.commands.makeReferral(asked(), { debtId: debt.id, act, connectorId, capMinor: null, expiresOn: null });

const placing = (debt: RegisteredDebt, connectorId: string, changes: Partial<ReferralOrder> = {}): ReferralOrder => ({
  debtId: debt.id,
  act: 'place',
  connectorId,
  madeBy: 'strategy',
  strategyId: 'primary-placement',
  exclusiveGroup: exclusiveGroup('place'),
  capMinor: null,
  madeOn: TODAY,
  expiresOn: null,
  ...changes,
});
const make = (...orders: ReferralOrder[]): Promise<(string | null)[]> => {
  const context = { ...asked('strategy'), jurisdictionId: OFFICE, at: office.clock.now() };
  return database.gateway.transaction((manager) => makeReferrals(manager, context, orders));
};
const place = (debt: RegisteredDebt, connectorId: string) => make(placing(debt, connectorId));
const inForce = async (debt: RegisteredDebt): Promise<string[]> => {
  const referrals = (await listReferrals(database.gateway, debt.id)) as {
    connectorId: string;
    withdrawnOn: string | null;
  }[];
  return referrals.filter(({ withdrawnOn }) => withdrawnOn === null).map(({ connectorId }) => connectorId);
};

describe('a referral', () => {
  test("is made on the office's today, and makes a version of the case", async () => {
    const debt = await office.debt(debtRow());
    const { referralId } = await refer(debt);
    expect(await listReferrals(database.gateway, debt.id)).toMatchObject([
      { id: referralId, madeBy: 'officer', madeOn: TODAY, withdrawnOn: null, actor: 'tester' },
    ]);
    const [event] = await database.asOwner(
      `select event->'data' as data from cases.outbox where event->>'type' = 'concord.referral.made.v1' and case_id = $1`,
      [debt.caseId],
    );
    expect(event).toEqual({ data: { referralId, debtId: debt.id, connectorId: 'bureau' } });
  });

  test('is not made twice, and none is made to a connector that does not perform the act', async () => {
    const debt = await office.debt(debtRow());
    await refer(debt);
    await expect(refer(debt)).rejects.toMatchObject({ code: 'already-referred' });
    await expect(refer(debt, 'bureau', 'place')).rejects.toMatchObject({ code: 'connector-unknown' });
    await expect(refer(debt, 'nobody')).rejects.toMatchObject({ code: 'connector-unknown' });
    expect(await count(database.gateway, 'select 1 from cases.change where case_id = $1', [debt.caseId])).toBe(2);
  });

  test('asked for ten times at once is made once', async () => {
    const debt = await office.debt(debtRow());
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => refer(debt)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code: string }).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['already-referred']));
  });

  test('of one debt stands at one connector of an exclusive group, whoever comes first', async () => {
    const debt = await office.debt(debtRow());
    const made = await Promise.all([place(debt, 'agency-a'), place(debt, 'agency-b')]);
    expect(made.flat().filter((id) => id !== null)).toHaveLength(1);
    const other = made[0][0] === null ? 'agency-a' : 'agency-b';
    // Not by the application alone: the database refuses it, whoever writes.
    await expect(
      database.asOwner(
        `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, exclusive_group, made_on, actor, recorded_at)
         values (gen_random_uuid(), $1, $2, 'place', $3, 'officer', 'place', $4, 'tester', now())`,
        [debt.caseId, debt.id, other, TODAY],
      ),
    ).rejects.toThrow('referral_exclusive');
  });

  test('that is withdrawn makes room for another', async () => {
    const debt = await office.debt(debtRow());
    const [first] = await place(debt, 'agency-a');
    expect(await place(debt, 'agency-b')).toEqual([null]);
    expect(await office.commands.withdrawReferral(asked(), first!, 'recalled')).toEqual({ withdrawn: true });
    expect(await office.commands.withdrawReferral(asked(), first!, 'again')).toEqual({ withdrawn: false });
    expect(await place(debt, 'agency-b')).not.toEqual([null]);
    const referrals = await listReferrals(database.gateway, debt.id);
    expect(referrals).toContainEqual(
      expect.objectContaining({ connectorId: 'agency-a', withdrawnOn: TODAY, withdrawnReason: 'recalled' }),
    );
    await expect(office.commands.withdrawReferral(asked(), debt.id, 'x')).rejects.toMatchObject({
      code: 'referral-unknown',
    });
  });

  test('of several debts of one case at once is made for each of them', async () => {
    const debtor = person();
    const debts = [];
    for (let made = 0; made < 4; made += 1) debts.push(await office.debt(debtRow({ debtor })));
    const outcomes = await Promise.allSettled(debts.map((debt) => refer(debt)));
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))).toEqual([]);
  });
});

describe('a debt and two agencies', () => {
  test('are kept apart where two officers refer it at the same time: the second is told who has it', async () => {
    const debt = await office.debt(debtRow());
    const runner = database.gateway.createQueryRunner();
    await runner.startTransaction();
    const context = { ...asked('strategy'), jurisdictionId: OFFICE, at: office.clock.now() };
    expect(await makeReferrals(runner.manager, context, [placing(debt, 'agency-a')])).not.toEqual([null]);
    const second = refer(debt, 'agency-b', 'place').catch((error: unknown) => error);
    await waitingFor(database, 1);
    await runner.commitTransaction();
    await runner.release();
    expect(await second).toMatchObject({
      code: 'referred-elsewhere',
      message: expect.stringMatching(/agency-a.*withdrawn/),
    });
    expect(await inForce(debt)).toEqual(['agency-a']);
  });

  test('asked for ten times at once, are brought together once', async () => {
    const debt = await office.debt(debtRow());
    const agencies = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'agency-a' : 'agency-b'));
    const outcomes = await Promise.allSettled(agencies.map((agency) => refer(debt, agency, 'place')));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(
      outcomes.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : 'made')),
    ).toEqual(
      agencies.map((agency, index) =>
        index === winner ? 'made' : agency === agencies[winner] ? 'already-referred' : 'referred-elsewhere',
      ),
    );
    expect(await inForce(debt)).toEqual([agencies[winner]]);
  });

  test('ordered together, leave the first order made and the others not', async () => {
    const [one, other] = [await office.debt(debtRow()), await office.debt(debtRow())];
    const made = await make(
      placing(one, 'agency-b'),
      placing(other, 'agency-a'),
      placing(one, 'agency-a'),
      placing(one, 'agency-b'),
    );
    expect(made.map((id) => id !== null)).toEqual([true, true, false, false]);
    expect(await inForce(one)).toEqual(['agency-b']);
    expect(await count(database.gateway, 'select 1 from cases.change where case_id = $1', [one.caseId])).toBe(2);
  });

  test('are free for each other once the referral has expired, without anyone withdrawing it', async () => {
    const debt = await office.debt(debtRow());
    await make(placing(debt, 'agency-a', { madeOn: '2026-01-05', expiresOn: '2026-03-15' }));
    await refer(debt, 'agency-b', 'place');
    expect(await inForce(debt)).toEqual(['agency-b']);
    const last = await office.debt(debtRow());
    await make(placing(last, 'agency-a', { madeOn: '2026-01-05', expiresOn: TODAY }));
    await expect(refer(last, 'agency-b', 'place')).rejects.toMatchObject({ code: 'referred-elsewhere' });
  });

  test('are brought together by adoption, which keeps other agencies away like any referral', async () => {
    const debt = await office.debt(debtRow());
    await make(placing(debt, 'agency-a', { madeBy: 'adoption', strategyId: null }));
    await expect(refer(debt, 'agency-b', 'place')).rejects.toMatchObject({ code: 'referred-elsewhere' });
    await expect(refer(debt, 'agency-a', 'place')).rejects.toMatchObject({ code: 'already-referred' });
    expect(await listReferrals(database.gateway, debt.id)).toMatchObject([{ madeBy: 'adoption' }]);
  });

  test('know no cap: an agency is told the whole debt', async () => {
    const debt = await office.debt(debtRow());
    const order = { debtId: debt.id, act: 'place' as const, connectorId: 'agency-a', capMinor: 1_000, expiresOn: null };
    await expect(office.commands.makeReferral(asked(), order)).rejects.toMatchObject({ code: 'cap-without-meaning' });
    expect(await inForce(debt)).toEqual([]);
  });

  test('change hands in the order of the requests, which wait for the case before they touch a referral', async () => {
    const debt = await office.debt(debtRow());
    const { referralId } = await refer(debt, 'agency-a', 'place');
    const runner = database.gateway.createQueryRunner();
    await runner.startTransaction();
    await runner.query('select 1 from cases.case_file where id = $1 for no key update', [debt.caseId]);
    const early = refer(debt, 'agency-b', 'place').catch((error: unknown) => error);
    await waitingFor(database, 1);
    const withdrawal = office.commands.withdrawReferral(asked(), referralId, 'moved');
    await waitingFor(database, 2);
    await runner.commitTransaction();
    await runner.release();
    expect(await early).toMatchObject({ code: 'referred-elsewhere' });
    expect(await withdrawal).toEqual({ withdrawn: true });
    await refer(debt, 'agency-b', 'place');
    expect(await inForce(debt)).toEqual(['agency-b']);
  });
});
