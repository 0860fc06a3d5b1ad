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
const STRATEGIES = [UTILITY, SMALL_PERMITS];

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
const review = (today = TODAY): Promise<number> => reviewDueDebts(database.gateway, context(), STRATEGIES, today);
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
    const debt = await register(debtRow({ incurredOn: '2025-10-01', delinquentOn: null }));
    expect(await nextReview(debt)).toBe('2026-03-30');
    expect(await review('2026-03-30')).toBe(2);
    const undated = await register(debtRow({ incurredOn: null, delinquentOn: null }));
    expect(await nextReview(undated)).toBe('2026-09-12');
    expect(await review('2026-09-12')).toBe(2);
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
