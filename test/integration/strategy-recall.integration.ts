import { describe, expect, test } from '@jest/globals';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { listReferrals } from '@concord/core/cases/case-reads';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { PartyCommands } from '@concord/core/parties/party-commands';
import { recallWithoutResult } from '@concord/core/strategies/recall-review';
import { reviewDueDebts } from '@concord/core/strategies/strategy-review';
import type { Strategy } from '@concord/core/strategies/domain/strategy';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { person } from '../support/intake-builder.js';
import { HARBOR, paymentRecord, statusRecord, SUMMIT } from '../support/test-agencies.js';
import { asked, OFFICE, TODAY } from '../support/test-office.js';

const suite = new AgencySuite();

const oneOf = [
  { connector: HARBOR, share: 1 },
  { connector: SUMMIT, share: 1 },
];
const selection = { act: 'place' as const, debtTypes: ['utility'], minAgeDays: 30, minBalanceMinor: 1_000 };
const FIRST: Strategy = { ...selection, id: 'first', oneOf: [oneOf[0]!], recall: { withoutPaymentDays: 60 } };
const SECOND: Strategy = { ...selection, id: 'second', oneOf, round: 2, pauseDays: 10 };
const STRATEGIES = [FIRST, SECOND];
/** 60 days after {@link TODAY}. */
const RECALL_ON = '2026-05-15';

interface Referral {
  readonly id: string;
  readonly connectorId: string;
  readonly madeOn: string;
  readonly strategyId: string;
  readonly strategyVersion: string;
  readonly withdrawnOn: string | null;
  readonly withdrawnReason: string | null;
  readonly endKind: string | null;
}

const context = () => ({ ...asked('strategy'), jurisdictionId: OFFICE, at: suite.office.clock.now() });
const review = (on: string) => reviewDueDebts(suite.database.gateway, context(), STRATEGIES, on);
const recall = (on: string) => recallWithoutResult(suite.database.gateway, context(), STRATEGIES, on);
const referrals = async ({ id }: PlacedDebt) =>
  ((await listReferrals(suite.database.gateway, id)) as Referral[]).sort((a, b) => (a.madeOn < b.madeOn ? -1 : 1));
const askAgainOn = async ({ id }: PlacedDebt): Promise<string | null> =>
  (
    await suite.database.asOwner<{ on: string | null }>(
      'select recall_review_on as on from cases.referral where debt_id = $1',
      [id],
    )
  )[0]!.on;

async function bankrupt(partyId: string): Promise<string> {
  const { stopId } = await suite.office.commands.placeStop(asked(), {
    ...{ subject: { kind: 'party', id: partyId }, kind: 'insolvency', startsOn: null, endsOn: null },
    ...{ details: { chapter: '7', filedOn: TODAY }, source: 'court notice', proof: 'NOTICE-1' },
    idempotencyKey: `bankrupt-${partyId}`,
  });
  return stopId;
}

function dayIs(on: string): void {
  suite.office.clock.set(`${on}T15:00:00Z`);
}

/** A debt that the first strategy has placed with Harbor, which has acknowledged it. */
async function placed(changes: Partial<IntakeRow> = {}): Promise<PlacedDebt> {
  const debt = await suite.registered(changes);
  await suite.database.asOwner('update cases.debt set strategy_review_on = $2 where id = $1', [debt.id, TODAY]);
  expect(await review(TODAY)).toBe(1);
  await suite.agencies.cutoff(`placed-${debt.number}`);
  await suite.agencies.acknowledges([debt]);
  await suite.agencies.judge();
  expect(await suite.agencies.placement(debt.id)).toMatchObject({ known: 'active' });
  return debt;
}

describe('a debt that brings nothing', () => {
  test('is recalled from its agency after its time, and goes to another one after the pause', async () => {
    const { agencies } = suite;
    const debt = await placed();
    expect(await askAgainOn(debt)).toBe(RECALL_ON);
    expect(await recall(addDays(RECALL_ON, -1))).toBe(0);
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(1);
    expect(await recall(RECALL_ON)).toBe(0);
    const [first] = await referrals(debt);
    expect(first).toMatchObject({ withdrawnOn: RECALL_ON, endKind: 'recalled', strategyId: 'first' });
    expect(first!.strategyVersion).toMatch(/^[0-9a-f]{64}$/);

    // The agency is told, and may object for its time.
    expect(await agencies.cutoff('called-back', HARBOR, RECALL_ON)).toMatchObject([
      { kind: 'recalls', state: 'restrained', debtId: debt.id },
    ]);
    expect(await review(RECALL_ON)).toBe(0);
    const again = addDays(RECALL_ON, 10);
    dayIs(again);
    expect(await review(addDays(again, -1))).toBe(0);
    expect(await review(again)).toBe(1);
    expect(await referrals(debt)).toMatchObject([
      { connectorId: HARBOR },
      { connectorId: SUMMIT, strategyId: 'second', withdrawnOn: null },
    ]);
    // The second gets it once the first has it no more, and not before.
    expect(await agencies.cutoff('s1', SUMMIT, again)).toEqual([]);
    const takenBack = addDays(RECALL_ON, 31);
    dayIs(takenBack);
    expect(await agencies.cutoff('taken-back', HARBOR, takenBack)).toMatchObject([
      { kind: 'recalls', state: 'closed' },
    ]);
    expect(await agencies.cutoff('s2', SUMMIT, takenBack)).toMatchObject([
      { kind: 'placements', state: 'active', debtId: debt.id },
    ]);
  });

  test('has its time anew from a payment', async () => {
    const debt = await placed();
    await suite.agencies.says('agency-payments', [paymentRecord(debt, 'P1', 1_000)]);
    await suite.pay(debt, 500);
    dayIs('2026-04-01');
    await suite.office.commands.postPayment(asked(), {
      debtId: debt.id,
      amountMinor: 700,
      currency: 'USD',
      paidOn: '2026-04-01',
      reference: null,
      idempotencyKey: 'april',
      settles: false,
    });
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    expect(await askAgainOn(debt)).toBe('2026-05-31');
    expect(await recall('2026-05-31')).toBe(1);
  });

  test('stays where it is while a stop or an arrangement holds the agency back, and has its time anew afterwards', async () => {
    const [stopped, arranged] = [await placed(), await placed()];
    const stop = await suite.stop(stopped, 'dispute');
    await suite.database.asOwner(
      `with agreed as (
         insert into cases.arrangement (id, case_id, jurisdiction_id, state, allocation, currency, holds_back, agreed_on,
           idempotency_key, actor, recorded_at)
         select gen_random_uuid(), case_id, jurisdiction_id, 'in-force', 'oldest-first', 'USD', '{place}', $2, 'k', 'tester', now()
         from cases.debt where id = $1 returning id)
       insert into cases.arrangement_debt select id, $1, 'in-force' from agreed`,
      [arranged.id, TODAY],
    );
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    expect([await askAgainOn(stopped), await askAgainOn(arranged)]).toEqual(['2026-05-16', '2026-05-16']);
    await suite.office.commands.liftStop(asked(), stop);
    expect(await recall('2026-05-16')).toBe(0);
    expect(await askAgainOn(stopped)).toBe('2026-07-14');
  });

  test('stays where it is while a stop of a duplicate of its debtor holds the agency back', async () => {
    const debt = await placed();
    const duplicate = await suite.registered({ debtor: person() });
    const stop = await bankrupt(duplicate.debtorId);
    const parties = new PartyCommands(suite.database.gateway, suite.office.clock);
    await parties.merge(asked(), {
      ...{ duplicateId: duplicate.debtorId, survivorId: debt.debtorId },
      ...{ reason: 'same person', despiteDifferences: 'a misread number' },
    });
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    expect(await askAgainOn(debt)).toBe('2026-05-16');
    await suite.office.commands.liftStop(asked(), stop);
    // Its time begins anew.
    expect(await recall('2026-05-16')).toBe(0);
    expect(await askAgainOn(debt)).toBe('2026-07-14');
  });

  test('is recalled where only a co-debtor of it was discharged', async () => {
    const coDebtor = person();
    const debt = await placed({ coDebtors: [coDebtor] });
    const own = await suite.registered({ debtor: coDebtor });
    const stopId = await bankrupt(own.debtorId);
    suite.office.clock.set(`${TODAY}T16:00:00Z`);
    await suite.office.commands.dischargeStop(asked(), { stopId, on: TODAY, surviving: [], proof: 'ORDER-1' });
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(1);
    expect(await referrals(debt)).toMatchObject([{ endKind: 'recalled' }]);
  });

  test('stays where it is while money of it is in suspense, or a balance is in question', async () => {
    const debt = await placed();
    // A reversal of a payment that nobody knows of.
    await suite.agencies.says('agency-payments', [paymentRecord(debt, 'R1', 1_000, { type: 'PAR' })]);
    expect(await suite.agencies.suspense()).toHaveLength(1);
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    await suite.database.asOwner(`update cases.suspense set state = 'cancelled'`);
    expect(await recall('2026-05-16')).toBe(1);
  });

  test('stays where it is while a record of the agency is set aside', async () => {
    const debt = await placed();
    await suite.agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 700, { commission: 800 })]);
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    await suite.database.asOwner(
      `update exchange.inbound_record set status = 'dismissed' where status = 'quarantined'`,
    );
    expect(await recall('2026-05-16')).toBe(1);
  });

  test('stays where it is while something about it is on its way to the agency', async () => {
    const debt = await suite.registered();
    await suite.database.asOwner('update cases.debt set strategy_review_on = $2 where id = $1', [debt.id, TODAY]);
    await review(TODAY);
    dayIs(RECALL_ON);
    expect(await recall(RECALL_ON)).toBe(0);
    await suite.agencies.cutoff('unanswered', HARBOR, RECALL_ON);
    expect(await recall('2026-05-16')).toBe(0);
    expect(await askAgainOn(debt)).toBe('2026-05-17');
  });
});

describe('a debt that its agency returns', () => {
  test('goes to another agency after the pause, without anybody asking', async () => {
    const debt = await placed();
    await suite.agencies.says('statuses', [statusRecord(debt, 'RTN')]);
    expect(await referrals(debt)).toMatchObject([{ endKind: 'returned', withdrawnOn: TODAY }]);
    expect(await review(TODAY)).toBe(0);
    const again = addDays(TODAY, 10);
    expect(await review(again)).toBe(1);
    expect(await referrals(debt)).toMatchObject([{ connectorId: HARBOR }, { connectorId: SUMMIT, withdrawnOn: null }]);
    dayIs(again);
    expect(await suite.agencies.cutoff('s1', SUMMIT, again)).toMatchObject([{ kind: 'placements', debtId: debt.id }]);
  });

  test('goes to nobody where a person took it back instead', async () => {
    const debt = await placed();
    await suite.withdraw(debt);
    expect(await referrals(debt)).toMatchObject([{ endKind: 'withdrawn' }]);
    expect(await review(addDays(TODAY, 400))).toBe(0);
  });
});
