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
const duties = (debtId: string) =>
  suite.database.asOwner(
    `select d.rule, d.owed_on, d.due_on, d.done_on from exchange.release_duty d
     join exchange.position p on p.id = d.position_id where p.subject_id = $1 order by d.id`,
    [debtId],
  );

describe('a debt that may be reported', () => {
  test('is desired, then in flight, then known', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const placed = { desired: 'active', desiredMinor: 52_500, outcome: 'allow' };
    expect(await bureau.position(debt.id)).toMatchObject({ ...placed, known: 'absent', presumed: 'absent', inFlight: 0 });
    const sent = await bureau.send('first');
    expect(await bureau.position(debt.id)).toMatchObject({ ...placed, known: 'absent', presumed: 'active', inFlight: 1 });
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

describe('a debt that stands at the bureau', () => {
  test('under dispute is marked, and the mark is owed until the bureau has confirmed it', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'dispute');
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'restrained', known: 'active', release: 'US-FCRA-03' });
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ complianceConditionCode: 'XB', accountStatus: '93' }]);
    await bureau.judge();
    expect(await duties(debt!.id)).toMatchObject([{ rule: 'US-FCRA-03', owed_on: TODAY, due_on: '2026-03-31', done_on: null }]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'restrained', known: 'restrained', release: null });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: TODAY }]);
  });

  test('in bankruptcy is marked within the days that the rule gives', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'insolvency', { chapter: '13' });
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'restrained',
      desiredMinor: 52_500,
      release: 'US-BK-01',
      releaseDueOn: '2026-03-17',
    });
    expect(await bureau.read(await bureau.send('next'))).toMatchObject([{ consumerInformationIndicator: 'D' }]);
  });

  test('may only shrink while it is blocked', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'judicial-stay');
    await suite.pay(debt!, 10_000);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'active', desiredMinor: 42_500, outcome: 'block' });
  });

  test('that is paid is closed, and then nothing is held', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 52_500);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed', known: 'active', release: 'PAID' });
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ accountStatus: '62', currentBalance: 0, amountPastDue: 0 }]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'absent', known: 'absent', presumed: 'absent', release: null });
    expect((await bureau.exchange(await bureau.send('after'))).state).toBe('empty');
  });

  test('that is settled is closed as settled', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 30_000, true);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed' });
    expect(await bureau.read(await bureau.send('next'))).toMatchObject([{ accountStatus: '62', specialComment: 'AU' }]);
  });

  test.each<[string, (debtId: string, debtorId: string) => Promise<unknown>]>([
    [
      'whose referral is withdrawn',
      async (debtId) => {
        const [referral] = await suite.database.asOwner<{ id: string }>('select id from cases.referral where debt_id = $1', [debtId]);
        await suite.office.commands.withdrawReferral(asked(), referral!.id, 'agreed');
      },
    ],
    [
      'whose debtor has died',
      (_, debtorId) =>
        suite.office.commands.placeStop(asked(), {
          subject: { kind: 'party', id: debtorId },
          kind: 'deceased',
          startsOn: null,
          endsOn: null,
          details: {},
          source: 'registry',
          idempotencyKey: 'died',
        }),
    ],
  ])('%s is deleted at the bureau', async (_, change) => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await change(debt!.id, debt!.debtorId);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed', outcome: 'withdraw', known: 'active' });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: null }]);
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ accountStatus: 'DA' }]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: TODAY }]);
  });

  test('is deleted when its referral expires, though nothing else happens', async () => {
    const { bureau, office } = suite;
    const debt = await office.debt(debtRow());
    await bureau.refer(debt.id, { expiresOn: '2026-03-20' });
    await bureau.judge();
    await bureau.answer(await bureau.send('first'));
    await bureau.judge();
    expect(await bureau.judge('2026-03-20')).toBe(0);
    expect(await bureau.judge('2026-03-21')).toBe(1);
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'closed', release: 'REFERRAL' });
  });

  test("keeps its act when only a co-debtor is stopped, and never bears that person's mark", async () => {
    const { bureau, office } = suite;
    const other = person();
    const [debt] = await suite.standing({ coDebtors: [other] });
    const [party] = await suite.database.asOwner<{ id: string }>('select id from cases.party where source_reference = $1', [
      other.sourceReference,
    ]);
    await office.commands.placeStop(asked(), {
      subject: { kind: 'party', id: party!.id },
      kind: 'insolvency',
      startsOn: null,
      endsOn: null,
      details: { chapter: '7' },
      source: 'court',
      idempotencyKey: 'co-debtor',
    });
    expect(await bureau.judge()).toBe(1);
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'active', outcome: 'allow' });
    // The debtor's own dispute brings the debtor's own mark, and not the bankruptcy of somebody else.
    await suite.stop(debt!, 'dispute');
    await bureau.judge();
    const [record] = await bureau.read(await bureau.send('next'));
    expect(record).toMatchObject({ complianceConditionCode: 'XB' });
    expect(record).not.toHaveProperty('consumerInformationIndicator');
  });

  test('keeps the first deadline of a release that stays owed', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'insolvency', { chapter: '13' });
    await bureau.judge();
    await suite.pay(debt!, 52_500);
    await bureau.judge('2026-03-18');
    expect(await duties(debt!.id)).toMatchObject([{ owed_on: TODAY, due_on: '2026-03-17', done_on: null }]);
  });
});

describe('content that the bureau refused', () => {
  test('is parked, and comes back when it changes', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('first');
    await bureau.answer(sent, [{ account: `CITY${debt.number}`, code: 'E2001', message: 'CONSUMER NOT FOUND' }]);
    await bureau.judge();
    const refused = await bureau.position(debt.id);
    expect(refused).toMatchObject({ desired: 'active', known: 'absent', presumed: 'absent', release: null });
    expect(refused.parked).toContain('CONSUMER NOT FOUND');
    await suite.pay(debt, 100);
    await bureau.judge();
    expect(await bureau.position(debt.id)).toMatchObject({ desiredMinor: 52_400, parked: null });
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
        `insert into exchange.look (connector_id, subject_id, due_on) select $1, unnest($2::uuid[]), '-infinity'`,
        [BUREAU, subjects],
      );
      let statements = 0;
      const { logger } = database.connectors;
      const counting = { logQuery: () => (statements += 1), logQueryError: () => undefined, logQuerySlow: () => undefined };
      Object.assign(database.connectors, { logger: counting });
      expect(await recompute(database.connectors, suite.host, await bureau.connector(), date)).toBe(subjects.length);
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
  }, 30_000);
});
