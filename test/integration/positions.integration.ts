import { describe, expect, test } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { recompute } from '@concord/core/positions/recompute';
import type { StopKind } from '@concord/plugin-sdk';
import { BureauSuite } from '../support/bureau-suite.js';
import { debtRow, person } from '../support/intake-builder.js';
import { asked, BUREAU, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();

const stopped = (kind: StopKind, details: Record<string, string> = {}): Partial<IntakeRow> => ({
  stops: [{ kind, startsOn: '2026-03-01', endsOn: null, details }],
});

describe('a debt that may be reported', () => {
  test('is desired, then in flight, then known', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const placed = { desired: 'active', desiredMinor: 52_500, outcome: 'allow' };
    expect(await bureau.position(debt.id)).toMatchObject({
      ...placed,
      known: 'absent',
      presumed: 'absent',
      inFlight: 0,
    });
    const sent = await bureau.send('first');
    expect(await bureau.position(debt.id)).toMatchObject({
      ...placed,
      known: 'absent',
      presumed: 'active',
      inFlight: 1,
    });
    await bureau.answer(sent);
    expect(await bureau.position(debt.id)).toMatchObject({
      ...placed,
      known: 'active',
      knownMinor: 52_500,
      presumed: 'active',
      inFlight: 0,
      release: null,
    });
    expect(await bureau.blocks(debt.id)).toEqual([]);
  });

  test('is not looked at before it is referred, and is once it is', async () => {
    const { bureau, office } = suite;
    const debt = await office.debt(debtRow());
    expect(await bureau.judge()).toBe(0);
    await bureau.refer(debt.id);
    expect(await bureau.judge()).toBe(1);
    expect(await bureau.judge()).toBe(0);
  });

  test('is judged again after every change of its case', async () => {
    const debt = await suite.referred();
    await suite.bureau.judge();
    await suite.pay(debt, 2_500);
    expect(await suite.bureau.judge()).toBe(1);
    expect(await suite.bureau.position(debt.id)).toMatchObject({ desired: 'active', desiredMinor: 50_000 });
  });
});

describe('a debt that a rule keeps back', () => {
  const none: Partial<IntakeRow>['originalCreditor'] = null;
  const KEPT_BACK: [string, string, Partial<IntakeRow>][] = [
    ['US-FCRA-01', 'block', { delinquentOn: '2026-05-01' }],
    ['US-FCRA-04', 'block', { delinquentOn: null }],
    ['US-NCAP-01', 'block', { aroseFromContract: null }],
    ['US-NCAP-01', 'withdraw', { aroseFromContract: false }],
    ['US-NCAP-02', 'block', { debtor: person({ ssn: null }) }],
    ['US-NCAP-02', 'block', { debtor: person({ address: null }) }],
    ['US-NCAP-02', 'block', { coDebtors: [person({ ssn: null })] }],
    ['US-NCAP-02', 'block', { originalCreditor: none }],
    ['US-REGF-01', 'block', { proofs: [] }],
    ['US-BK-01', 'block', stopped('insolvency', { chapter: '7' })],
    ['STOP:moratorium', 'block', stopped('moratorium')],
    ['STOP:judicial-stay', 'block', stopped('judicial-stay')],
    ['STOP:deceased', 'withdraw', stopped('deceased')],
    ['STOP:minor', 'withdraw', stopped('minor')],
    [
      'PAID',
      'close',
      {
        entries: [
          { kind: 'assessment', amountMinor: 100, on: '2025-05-01', reference: 'bill' },
          { kind: 'payment', amountMinor: 100, on: '2025-06-01', reference: 'paid' },
        ],
      },
    ],
  ];

  test('has no position, and its block names the rule', async () => {
    const debts = [];
    for (const [, , changes] of KEPT_BACK) debts.push(await suite.referred(changes));
    await suite.bureau.judge();
    const sent = await suite.bureau.send('first');
    expect((await suite.bureau.exchange(sent)).state).toBe('empty');
    for (const [index, [rule, outcome]] of KEPT_BACK.entries()) {
      expect(await suite.bureau.blocks(debts[index]!.id)).toContainEqual({ rule, outcome });
      await expect(suite.bureau.position(debts[index]!.id)).rejects.toThrow('no position');
    }
  });

  test('is looked at again on the first day on which it could pass, and not before', async () => {
    const { bureau } = suite;
    const debt = await suite.referred({ delinquentOn: '2026-05-01' });
    const [block] = await (async () => {
      await bureau.judge();
      return suite.database.asOwner('select earliest_on, since from exchange.block where subject_id = $1', [debt.id]);
    })();
    expect(block).toEqual({ earliest_on: '2026-05-01', since: TODAY });
    expect(await bureau.judge('2026-04-30')).toBe(0);
    expect(await bureau.judge('2026-05-01')).toBe(1);
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active' });
    expect(await bureau.blocks(debt.id)).toEqual([]);
  });

  test('opens when the stop in its way is lifted', async () => {
    const { bureau, office } = suite;
    const debt = await suite.referred();
    const stopId = await suite.stop(debt, 'judicial-stay');
    await bureau.judge();
    expect(await bureau.blocks(debt.id)).toEqual([{ rule: 'STOP:judicial-stay', outcome: 'block' }]);
    await office.commands.liftStop(asked(), stopId);
    await bureau.judge();
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active' });
  });
});

describe('a debt of which nobody told the debtor', () => {
  test('opens when a conversation is recorded', async () => {
    const { bureau, office } = suite;
    const debt = await suite.referred({ proofs: [] });
    await bureau.judge();
    expect(await bureau.blocks(debt.id)).toEqual([{ rule: 'US-REGF-01', outcome: 'block' }]);
    const call = { debtId: debt.id, kind: 'conversation-held' as const, on: TODAY, reference: null };
    await office.commands.recordProof(asked(), { ...call, idempotencyKey: 'call' });
    expect(await bureau.judge()).toBe(1);
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active' });
    expect(await bureau.blocks(debt.id)).toEqual([]);
  });

  test('is judged again when its itemisation date is set, too', async () => {
    const { bureau, office } = suite;
    const debt = await suite.referred({ itemisedOn: null });
    await bureau.judge();
    await office.commands.setItemisation(asked(), { debtId: debt.id, on: '2025-06-15' });
    expect(await bureau.judge()).toBe(1);
  });
});

describe('recomputing', () => {
  test('takes the same number of statements for fifty subjects as for five hundred', async () => {
    const { bureau, office, database } = suite;
    const debts = Array.from({ length: 550 }, () => debtRow({ coDebtors: [person()] }));
    const outcomes = await office.register(debts);
    const ids = outcomes.map((outcome) => (outcome.outcome === 'refused' ? '' : outcome.debtId));
    await database.asOwner(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, made_on, actor, recorded_at)
       select gen_random_uuid(), case_id, id, 'report', $1, 'officer', $2, 'tester', now() from cases.debt`,
      [BUREAU, TODAY],
    );
    const judge = async (subjects: readonly string[], date: string): Promise<number> => {
      await database.asOwner(
        `insert into exchange.look (connector_id, subject_id, due_on) select $1, unnest($2::uuid[]), '-infinity'
         on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
        [BUREAU, subjects],
      );
      let statements = 0;
      const { logger } = database.connectors;
      const counting = {
        logQuery: () => (statements += 1),
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
      };
      Object.assign(database.connectors, { logger: counting });
      expect(
        await recompute(database.connectors, suite.host, await bureau.connector(), { asOf: date, bookedOn: date }),
      ).toBe(subjects.length);
      Object.assign(database.connectors, { logger });
      return statements;
    };
    const few = await judge(ids.slice(0, 50), TODAY);
    expect(few).toBeGreaterThan(10);
    expect(await judge(ids.slice(50), TODAY)).toBe(few);
    // Again, with every position standing there already.
    const again = await judge(ids.slice(0, 50), '2026-03-17');
    expect(await judge(ids.slice(50), '2026-03-17')).toBe(again);
    expect(await database.asOwner('select 1 from exchange.position')).toHaveLength(550);
  });
});
