import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { listReferrals } from '@concord/core/cases/case-reads';
import { registerDebts } from '@concord/core/cases/registration';
import { firstReviewOn } from '@concord/core/strategies/domain/strategy';
import type { Strategy } from '@concord/core/strategies/domain/strategy';
import { reviewDueDebts } from '@concord/core/strategies/strategy-review';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const UTILITY: Strategy = {
  id: 'report-utility',
  act: 'report',
  connectors: ['bureau-a', 'bureau-b'],
  debtTypes: ['utility'],
  minAgeDays: 180,
  minBalanceMinor: 5_000,
};
const SMALL_PERMITS: Strategy = {
  id: 'report-small-permits',
  act: 'report',
  connectors: ['bureau-a'],
  debtTypes: ['permit'],
  minAgeDays: 30,
  minBalanceMinor: 1_000,
  maxBalanceMinor: 50_000,
};
const STRATEGIES: readonly Strategy[] = [UTILITY, SMALL_PERMITS];

let database: TestDatabase;
let office: TestOffice;

beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

const context = () => ({ ...asked('strategy'), jurisdictionId: OFFICE, at: office.clock.now() });

async function register(row: IntakeRow): Promise<string> {
  const reviewOn = (each: IntakeRow) =>
    firstReviewOn(STRATEGIES, each.type, each.delinquentOn ?? each.incurredOn ?? TODAY);
  const [outcome] = await database.gateway.transaction((manager) =>
    registerDebts(manager, office.cipher, { ...context(), source: 'test', firstReviewOn: reviewOn }, [row]),
  );
  if (outcome?.outcome !== 'registered') throw new Error('not registered');
  return outcome.debtId;
}
const review = (today = TODAY, strategies = STRATEGIES): Promise<number> =>
  reviewDueDebts(database.gateway, context(), strategies, today);
const referredTo = async (debtId: string): Promise<string[]> => {
  const referrals = (await listReferrals(database.gateway, debtId)) as {
    connectorId: string;
    withdrawnOn: string | null;
  }[];
  return referrals
    .filter(({ withdrawnOn }) => withdrawnOn === null)
    .map(({ connectorId }) => connectorId)
    .sort();
};
const nextReview = async (debtId: string): Promise<string | null> =>
  (
    await database.asOwner<{ on: string | null }>('select strategy_review_on as on from cases.debt where id = $1', [
      debtId,
    ])
  )[0]!.on;
const assessed = (amountMinor: number): IntakeRow['entries'] => [
  { kind: 'assessment', amountMinor, on: '2025-05-01', reference: 'bill' },
];
const pay = (debtId: string, amountMinor: number, paidOn = TODAY) =>
  office.commands.postPayment(asked(), {
    debtId,
    amountMinor,
    currency: 'USD',
    paidOn,
    reference: null,
    idempotencyKey: `pay-${amountMinor}`,
    settles: false,
  });

describe('a strategy', () => {
  test('refers what is of its type, old enough and worth it, to all of its connectors', async () => {
    const chosen = await register(debtRow());
    const otherType = await register(debtRow({ type: 'parking-fine' }));
    const tooSmall = await register(debtRow({ entries: assessed(4_999) }));
    const justEnough = await register(debtRow({ entries: assessed(5_000) }));
    const tooLarge = await register(debtRow({ type: 'permit', entries: assessed(50_001) }));
    const small = await register(debtRow({ type: 'permit', entries: assessed(50_000) }));

    expect(await review()).toBe(5);
    expect(await referredTo(chosen)).toEqual(['bureau-a', 'bureau-b']);
    expect(await referredTo(justEnough)).toEqual(['bureau-a', 'bureau-b']);
    expect(await referredTo(small)).toEqual(['bureau-a']);
    for (const debt of [otherType, tooSmall, tooLarge]) expect(await referredTo(debt)).toEqual([]);
    const [referral] = await listReferrals(database.gateway, chosen);
    expect(referral).toMatchObject({
      madeBy: 'strategy',
      strategyId: 'report-utility',
      madeOn: TODAY,
      actor: 'strategy',
    });
  });

  test('looks at a young debt on the day on which it is old enough, and not before', async () => {
    // 180 days after 2025-10-01.
    const debt = await register(debtRow({ delinquentOn: '2025-10-01' }));
    expect(await nextReview(debt)).toBe('2026-03-30');
    expect(await review('2026-03-29')).toBe(0);
    expect(await referredTo(debt)).toEqual([]);
    expect(await review('2026-03-30')).toBe(2);
    expect(await nextReview(debt)).toBeNull();
  });

  test('counts from the day on which a debt was incurred where nobody knows since when it is overdue', async () => {
    const debt = await register(debtRow({ incurredOn: '2025-10-01', delinquentOn: null, itemisedOn: null }));
    expect(await nextReview(debt)).toBe('2026-03-30');
    expect(await review('2026-03-30')).toBe(2);
    const undated = await register(debtRow({ incurredOn: null, delinquentOn: null }));
    expect(await nextReview(undated)).toBe('2026-09-12');
    expect(await review('2026-09-12')).toBe(2);
  });

  test('refers nothing that can still be paid in time, from whatever date its age counts', async () => {
    const due = { incurredOn: '2025-01-01', delinquentOn: null, itemisedOn: null, dueOn: '2026-03-31' };
    const debt = await register(debtRow(due));
    expect(await review()).toBe(0);
    // 180 days after it was due.
    expect(await nextReview(debt)).toBe('2026-09-27');
    const sooner = [{ ...UTILITY, ageFrom: 'incurred' as const }];
    await database.asOwner('update cases.debt set strategy_review_on = $1', [TODAY]);
    expect(await review(TODAY, sooner)).toBe(0);
    expect(await nextReview(debt)).toBe('2026-04-01');
    expect(await review('2026-04-01', sooner)).toBe(2);
  });

  test('does not look again at a debt that it has looked at, until its ledger changes', async () => {
    const debt = await register(debtRow({ type: 'permit', entries: assessed(60_000) }));
    expect(await review()).toBe(0);
    expect(await nextReview(debt)).toBeNull();
    await pay(debt, 15_000);
    expect(await nextReview(debt)).toBe(TODAY);
    expect(await review()).toBe(1);
    expect(await referredTo(debt)).toEqual(['bureau-a']);
  });

  test('never looks at a debt of a type that no strategy names', async () => {
    expect(await nextReview(await register(debtRow({ type: 'parking-fine' })))).toBeNull();
  });

  test('does not refer again what a person withdrew, and still refers to the others', async () => {
    const debt = await register(debtRow());
    await review();
    const referrals = (await listReferrals(database.gateway, debt)) as { id: string; connectorId: string }[];
    const toA = referrals.find(({ connectorId }) => connectorId === 'bureau-a')!;
    await office.commands.withdrawReferral(asked('officer'), toA.id, 'agreed by telephone');
    await pay(debt, 1_000);
    expect(await review()).toBe(0);
    expect(await referredTo(debt)).toEqual(['bureau-b']);
  });

  test('refers once when two reviews run at the same time', async () => {
    const debts = [];
    for (let made = 0; made < 5; made += 1) debts.push(await register(debtRow()));
    const made = await Promise.all([review(), review(), review()]);
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(10);
    for (const debt of debts) expect(await referredTo(debt)).toEqual(['bureau-a', 'bureau-b']);
  });

  test('reviews more debts than fit into one batch', async () => {
    const rows = Array.from({ length: 1_100 }, () => debtRow());
    await database.gateway.transaction((manager) =>
      registerDebts(manager, office.cipher, { ...context(), source: 'test', firstReviewOn: () => TODAY }, rows),
    );
    expect(await review()).toBe(2_200);
  });
});

describe('a strategy that refers to one of several agencies', () => {
  const placing = (capacityA?: number, capacityB?: number): Strategy => ({
    id: 'place-permits',
    act: 'place',
    oneOf: [
      { connector: 'agency-a', share: 60, capacity: capacityA },
      { connector: 'agency-b', share: 40, capacity: capacityB },
    ],
    debtTypes: ['permit'],
    minAgeDays: 30,
    minBalanceMinor: 1_000,
  });
  const registerMany = async (debts: number): Promise<string[]> => {
    const batch = Array.from({ length: debts }, () => debtRow({ type: 'permit' }));
    const outcomes = await database.gateway.transaction((manager) =>
      registerDebts(manager, office.cipher, { ...context(), source: 'test', firstReviewOn: () => TODAY }, batch),
    );
    return outcomes.flatMap((each) => (each.outcome === 'registered' ? [each.debtId] : []));
  };
  const place = (strategy: Strategy, today = TODAY) => review(today, [strategy]);
  const held = async (): Promise<Record<string, number>> => {
    const found = await database.asOwner<{ connector_id: string; n: number }>(
      'select connector_id, count(*)::int as n from cases.referral where withdrawn_on is null group by 1 order by 1',
    );
    return Object.fromEntries(found.map(({ connector_id, n }) => [connector_id, n]));
  };
  const withdraw = async (debtId: string): Promise<void> => {
    const [referral] = (await listReferrals(database.gateway, debtId)) as { id: string }[];
    await office.commands.withdrawReferral(asked('officer'), referral!.id, 'agreed by telephone');
  };
  const lookAgainAt = (...debts: string[]) =>
    database.asOwner('update cases.debt set strategy_review_on = $2 where id = any($1)', [debts, TODAY]);

  test('shares debts out over batches and days, each debt to one agency in the exclusive group', async () => {
    await registerMany(1_005);
    expect(await place(placing())).toBe(1_005);
    expect(await held()).toEqual({ 'agency-a': 603, 'agency-b': 402 });
    await registerMany(5);
    expect(await place(placing())).toBe(5);
    expect(await held()).toEqual({ 'agency-a': 606, 'agency-b': 404 });
    expect(
      await database.asOwner(
        'select exclusive_group, count(*)::int as n from cases.referral group by 1, debt_id having count(*) > 1',
      ),
    ).toEqual([]);
    expect(await database.asOwner('select distinct exclusive_group as "group" from cases.referral')).toEqual([
      { group: 'place' },
    ]);
  });

  test('fills the last places once when two reviews run at the same time, and looks again the next day', async () => {
    const debts = await registerMany(1_500);
    const strategy = placing(700, 500);
    const made = await Promise.all([place(strategy), place(strategy), place(strategy)]);
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(1_200);
    expect(await held()).toEqual({ 'agency-a': 700, 'agency-b': 500 });
    const waiting = await database.asOwner<{ id: string; on: string }>(
      'select id, strategy_review_on as on from cases.debt where strategy_review_on is not null',
    );
    expect(waiting).toHaveLength(300);
    expect(new Set(waiting.map(({ on }) => on))).toEqual(new Set(['2026-03-17']));
    // Nothing has room yet; then one place comes free.
    expect(await place(strategy, '2026-03-17')).toBe(0);
    await withdraw(debts.find((id) => waiting.every((each) => each.id !== id))!);
    expect(await place(strategy, '2026-03-18')).toBe(1);
    expect(await held()).toEqual({ 'agency-a': 700, 'agency-b': 500 });
  });

  test("counts officers' referrals and those of other strategies against the capacity, and not those that are over", async () => {
    const [byOfficer, byOther, expired, ...debts] = await registerMany(7);
    await database.asOwner(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, strategy_id, exclusive_group,
         made_on, expires_on, actor, recorded_at)
       select gen_random_uuid(), d.case_id, d.id, 'place', 'agency-a', r.made_by, r.strategy_id, 'place', '2026-01-05',
         r.expires_on::date, 'tester', now()
       from (values ($1::uuid, 'officer', null, null), ($2, 'strategy', 'other', null),
                    ($3, 'officer', null, '2026-03-15')) as r (debt, made_by, strategy_id, expires_on)
       join cases.debt d on d.id = r.debt`,
      [byOfficer, byOther, expired],
    );
    expect(await place(placing(3, 2))).toBe(3);
    const placed = await Promise.all(debts.map((debt) => referredTo(debt)));
    expect(placed.flat().sort()).toEqual(['agency-a', 'agency-b', 'agency-b']);
  });

  test('does not refer again what a person withdrew or what expired, to any of the agencies', async () => {
    const [withdrawn, expired] = await registerMany(2);
    await place(placing());
    await withdraw(withdrawn!);
    await database.asOwner('update cases.referral set expires_on = $2 where debt_id = $1', [expired, '2026-03-15']);
    await lookAgainAt(withdrawn!, expired!);
    expect(await place(placing())).toBe(0);
    expect(await nextReview(withdrawn!)).toBeNull();
    expect(await nextReview(expired!)).toBeNull();
  });

  test("looks at a debt again on the day after an officer's referral of it has expired", async () => {
    const [debt] = await registerMany(1);
    await database.asOwner(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, exclusive_group, made_on, expires_on,
         actor, recorded_at)
       select gen_random_uuid(), case_id, id, 'place', 'agency-a', 'officer', 'place', $2, '2026-06-30', 'tester', now()
       from cases.debt where id = $1`,
      [debt, TODAY],
    );
    const again = { ...placing(), round: 2, pauseDays: 5, after: ['expired'] } as Strategy;
    expect(await place(again)).toBe(0);
    expect(await nextReview(debt!)).toBe('2026-07-01');
    expect(await place(again, '2026-07-01')).toBe(0);
    expect(await nextReview(debt!)).toBe('2026-07-05');
    expect(await place(again, '2026-07-05')).toBe(1);
  });

  test('leaves alone what is with any agency', async () => {
    const [debt] = await registerMany(1);
    await database.asOwner(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, exclusive_group, made_on, actor, recorded_at)
       select gen_random_uuid(), case_id, id, 'place', 'agency-c', 'adoption', 'place', $2, 'tester', now()
       from cases.debt where id = $1`,
      [debt, TODAY],
    );
    expect(await place(placing())).toBe(0);
    expect(await referredTo(debt!)).toEqual(['agency-c']);
  });

  test('refers nothing to an agency that is off or retiring', async () => {
    await database.asOwner(
      `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode, settings_version, created_at)
       select id, $1, 'p', 'f', 'place', 'delta', id, mode, 1, now()
       from (values ('agency-a', 'retiring'), ('agency-b', 'on')) as c (id, mode)`,
      [OFFICE],
    );
    await registerMany(3);
    expect(await place(placing())).toBe(3);
    expect(await held()).toEqual({ 'agency-b': 3 });
  });

  test('leaves a debt that someone changes at that time for the next turn', async () => {
    const [debt, other] = await registerMany(2);
    const runner = database.gateway.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      'select 1 from cases.case_file c join cases.debt d on d.case_id = c.id where d.id = $1 for no key update of c',
      [debt],
    );
    expect(await place(placing())).toBe(1);
    await runner.commitTransaction();
    await runner.release();
    expect(await referredTo(other!)).toEqual(['agency-a']);
    expect(await place(placing())).toBe(1);
    expect(await referredTo(debt!)).toEqual(['agency-b']);
  });
});
