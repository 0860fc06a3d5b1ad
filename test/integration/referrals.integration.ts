import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listReferrals } from '@concord/core/cases/case-reads';
import { makeReferrals } from '@concord/core/cases/referrals';
import type { ReferralOrder } from '@concord/core/cases/referrals';
import { debtRow, person } from '../support/intake-builder.js';
import { count, openTestDatabase } from '../support/test-database.js';
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

const place = (debt: RegisteredDebt, connectorId: string): Promise<(string | null)[]> => {
  const order: ReferralOrder = {
    debtId: debt.id,
    act: 'place',
    connectorId,
    madeBy: 'strategy',
    strategyId: 'primary-placement',
    exclusiveGroup: 'agency',
    capMinor: null,
    madeOn: TODAY,
    expiresOn: null,
  };
  const context = { ...asked('strategy'), jurisdictionId: OFFICE, at: office.clock.now() };
  return database.gateway.transaction((manager) => makeReferrals(manager, context, [order]));
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
         values (gen_random_uuid(), $1, $2, 'place', $3, 'officer', 'agency', $4, 'tester', now())`,
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
