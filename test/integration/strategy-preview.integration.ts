import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import { readOnly } from '@concord/core/database/read-only';
import { rows } from '@concord/core/database/sql';
import type { StrategyPreview } from '@concord/core/strategies/domain/preview-tally';
import type { Strategy } from '@concord/core/strategies/domain/strategy';
import { strategyVersion } from '@concord/core/strategies/domain/strategy-version';
import { StrategyCommands } from '@concord/core/strategies/strategy-commands';
import { StrategyReviews } from '@concord/core/strategies/strategy-reviews';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, testJurisdiction, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const selection = { debtTypes: ['permit'], minAgeDays: 30, minBalanceMinor: 5_000 };
const PLACE: Strategy = {
  ...selection,
  id: 'place',
  act: 'place',
  oneOf: [
    { connector: 'agency-a', share: 60, capacity: 6 },
    { connector: 'agency-b', share: 40 },
  ],
  notWhile: ['stop'],
  recall: { withoutPaymentDays: 90 },
};
const AGAIN: Strategy = {
  ...selection,
  id: 'again',
  act: 'place',
  oneOf: [
    { connector: 'agency-b', share: 1 },
    { connector: 'agency-c', share: 1 },
  ],
  round: 2,
  pauseDays: 5,
};
const REPORT: Strategy = { ...selection, id: 'report', act: 'report', connectors: ['bureau'] };

let database: TestDatabase;
let office: TestOffice;
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

const configured = (...strategies: Strategy[]): Jurisdiction => testJurisdiction({ strategies });
const commands = (...strategies: Strategy[]) =>
  new StrategyCommands(database.gateway, [configured(...strategies)], office.clock);
const start = (...strategies: Strategy[]) =>
  storeJurisdictions(database.gateway, [configured(...strategies)], office.clock);
/** A review by a process that is started with these strategies. */
async function review(strategies: readonly Strategy[], on = TODAY): Promise<number> {
  await start(...strategies);
  return new StrategyReviews(database.gateway, [], office.clock).review(configured(...strategies), on, randomUUID());
}
const preview = async (list: readonly Strategy[], proposed: unknown = null, examples = 2) =>
  (await commands(...list).preview({ jurisdictionId: OFFICE, strategyId: null, proposed, examples })).strategies;
const counts = ({ referred, to, leftOut, recalled }: StrategyPreview) => ({
  referred: referred.debts,
  to: Object.fromEntries(to.map(({ connectorId, debts }) => [connectorId, debts])),
  leftOut: Object.fromEntries(leftOut.map(({ reason, debts }) => [reason, debts])),
  recalled: recalled.debts,
});

/** How many referrals each strategy made at each connector, and how many of them were recalled. */
async function made(): Promise<Record<string, number>> {
  const found = await database.asOwner<{ name: string; n: number }>(
    `select strategy_id || ' ' || connector_id as name, count(*)::int as n from cases.referral group by 1
     union all
     select 'recalled ' || strategy_id, count(*)::int from cases.referral where end_kind = 'recalled' group by 1`,
  );
  return Object.fromEntries(found.map(({ name, n }) => [name, n]));
}

const permits = (n: number, changes: (index: number) => Partial<IntakeRow> = () => ({})): IntakeRow[] =>
  Array.from({ length: n }, (_, index) => debtRow({ type: 'permit', ...changes(index) }));

async function register(list: readonly IntakeRow[]): Promise<string[]> {
  const outcomes = await office.register(list);
  return outcomes.flatMap((each) => (each.outcome === 'registered' ? [each.debtId] : []));
}

/** An agency holds what was referred to it, as far as it ever said. */
async function heldByAgencies(): Promise<void> {
  await database.asOwner(
    `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode, settings_version,
       created_at)
     select id, $1, 'p', 'f', 'place', 'delta', id, 'on', 1, now() from unnest('{agency-a,agency-b}'::text[]) as id
     on conflict do nothing`,
    [OFFICE],
  );
  await database.asOwner(
    `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
       desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state)
     select gen_random_uuid(), r.connector_id, 'debt', r.debt_id, 'p', r.case_id, r.debt_id::text, 'active', 1, '{}', 'h', 1,
       $1, 'allow', 'active'
     from cases.referral r where r.act = 'place' on conflict do nothing`,
    [TODAY],
  );
}

describe('a preview', () => {
  test('says how many would be referred to whom, and why the others would not, and changes nothing', async () => {
    const debts = await register([
      ...permits(12),
      ...permits(2, () => ({
        entries: [{ kind: 'assessment', amountMinor: 4_999, on: '2025-05-01', reference: 'b' }],
      })),
      ...permits(1, () => ({ delinquentOn: '2026-03-01', itemisedOn: null })),
      debtRow({ type: 'parking-fine' }),
    ]);
    await office.commands.placeStop(asked(), {
      subject: { kind: 'debt', id: debts[0]! },
      kind: 'dispute',
      startsOn: null,
      endsOn: null,
      details: {},
      source: 'test',
      proof: null,
      idempotencyKey: 's',
    });
    const [place, report] = await preview([], [PLACE, REPORT]);
    expect(counts(place!)).toEqual({
      referred: 11,
      to: { 'agency-a': 6, 'agency-b': 5 },
      leftOut: { 'too-small': 2, 'too-young': 1, stop: 1 },
      recalled: 0,
    });
    expect(place).toMatchObject({ debts: 15, round: 1, heldBack: { stop: 0, arrangement: 0 } });
    expect(place!.referred).toMatchObject({ amountMinor: 11 * 52_500 });
    expect(place!.referred.examples).toHaveLength(2);
    expect(place!.referred.examples[0]).toEqual({ debtId: debts[1], number: expect.any(Number), balanceMinor: 52_500 });
    // The dispute leaves reporting as it is but for a mark: the table of stops says so.
    expect(counts(report!)).toMatchObject({ referred: 12, to: { bureau: 12 } });
    expect(report!.heldBack).toEqual({ stop: 1, arrangement: 0 });
    expect(await made()).toEqual({});
  });

  test('is of the strategies in force where nothing is proposed, and of a single one beside them', async () => {
    await register(permits(3));
    expect(await preview([REPORT])).toEqual([]);
    await review([REPORT]);
    expect((await preview([REPORT])).map(counts)).toEqual([
      { referred: 0, to: { bureau: 0 }, leftOut: { 'referral-in-force': 3 }, recalled: 0 },
    ]);
    const beside = await preview([REPORT], PLACE);
    expect(beside.map(({ strategyId }) => strategyId)).toEqual(['report', 'place']);
    const only = await commands(REPORT).preview({
      jurisdictionId: OFFICE,
      strategyId: 'place',
      proposed: { strategies: [PLACE] },
      examples: 0,
    });
    expect(only).toMatchObject({ on: TODAY, currency: 'USD', strategies: [{ strategyId: 'place' }] });
  });

  test('refuses what a configuration would refuse, and what there is not', async () => {
    await expect(preview([], [{ ...PLACE, share: 1 }])).rejects.toMatchObject({ code: 'strategies-invalid' });
    await expect(preview([], [{ ...REPORT, recall: { withoutPaymentDays: 5 } }])).rejects.toMatchObject({
      code: 'strategies-invalid',
      message: expect.stringMatching(/recall/),
    });
    const order = { jurisdictionId: OFFICE, strategyId: 'none', proposed: [PLACE], examples: 0 };
    await expect(commands().preview(order)).rejects.toMatchObject({ code: 'strategy-unknown' });
    await expect(commands().preview({ ...order, jurisdictionId: 'nowhere' })).rejects.toMatchObject({
      code: 'jurisdiction-unknown',
    });
  });

  test('can write nothing', async () => {
    const writing = readOnly(database.gateway, (manager) => rows(manager, 'update cases.debt set type = type'));
    await expect(writing).rejects.toThrow(/read-only/);
  });
});

describe('what is applied', () => {
  test('is what the preview said: first referrals, recalls and second ones', async () => {
    await register(permits(14, (index) => ({ debtor: person(index % 3 === 0 ? { address: null } : {}) })));
    const mailed: Strategy = { ...PLACE, requires: ['address'] };
    const list = [mailed, AGAIN, REPORT];
    const first = await preview(list, list);
    expect(await review(list)).toBe(first.reduce((sum, { to }) => to.reduce((all, { debts }) => all + debts, sum), 0));
    expect(await made()).toMatchObject({ 'place agency-a': 5, 'place agency-b': 4, 'report bureau': 14 });
    expect(first.map(counts)).toMatchObject([
      { to: { 'agency-a': 5, 'agency-b': 4 }, leftOut: { 'no-address': 5 } },
      { referred: 0, leftOut: { 'not-referred-yet': 5, 'other-strategy': 9 } },
      { to: { bureau: 14 } },
    ]);

    await heldByAgencies();
    const later = '2026-06-14';
    office.clock.set(`${later}T15:00:00Z`);
    const second = await preview(list);
    expect(counts(second[0]!)).toMatchObject({
      recalled: 9,
      referred: 0,
      leftOut: { 'no-address': 5, 'referred-before': 9 },
    });
    expect(counts(second[1]!)).toMatchObject({ referred: 0, leftOut: { 'not-referred-yet': 5, pause: 9 } });
    expect(await review(list, later)).toBe(0);
    expect(await made()).toMatchObject({ 'recalled place': 9 });

    const again = '2026-06-19';
    office.clock.set(`${again}T15:00:00Z`);
    const third = await preview(list);
    expect(counts(third[1]!).referred).toBe(9);
    expect(await review(list, again)).toBe(9);
    const held = await made();
    expect(third[1]!.to).toMatchObject([
      { connectorId: 'agency-b', debts: held['again agency-b'] },
      { connectorId: 'agency-c', debts: held['again agency-c'] },
    ]);
    expect(
      await database.asOwner(
        'select 1 from cases.referral where act = $1 group by debt_id, connector_id having count(*) > 1',
        ['place'],
      ),
    ).toEqual([]);
  });
});

describe('a changed strategy', () => {
  const states = async (...list: Strategy[]) =>
    (await commands(...list).list(OFFICE)).map(({ id, state, inForce, held }) => ({
      id,
      state,
      inForce: inForce?.content.minBalanceMinor ?? null,
      held: held?.effect?.referred.debts ?? null,
    }));
  const WIDE: Strategy = { ...REPORT, minBalanceMinor: 100 };
  const small = () =>
    permits(60, () => ({ entries: [{ kind: 'assessment', amountMinor: 900, on: '2025-05-01', reference: 'b' }] }));

  beforeEach(async () => {
    await register([...permits(20), ...small()]);
    await review([REPORT]);
    office.clock.set(`${TODAY}T15:00:00Z`);
  });

  test('that would refer a surprising number waits for a person, and what was in force stays so', async () => {
    expect(await made()).toEqual({ 'report bureau': 20 });
    await start(WIDE);
    expect(await states(WIDE)).toEqual([{ id: 'report', state: 'unseen', inForce: 5_000, held: null }]);
    expect(await review([WIDE])).toBe(0);
    expect(await review([WIDE])).toBe(0);
    expect(await states(WIDE)).toEqual([{ id: 'report', state: 'held', inForce: 5_000, held: 60 }]);
    await register(permits(1));
    await database.asOwner('update cases.debt set strategy_review_on = $1', [TODAY]);
    expect(await review([WIDE])).toBe(1);

    const applied = await commands(WIDE).apply(asked('officer'), OFFICE, 'report', {
      version: strategyVersion(WIDE).slice(0, 12),
      reason: 'the council decided so',
    });
    expect(applied).toMatchObject({ strategyId: 'report' });
    expect(await states(WIDE)).toEqual([{ id: 'report', state: 'in-force', inForce: 100, held: null }]);
    expect(await review([WIDE])).toBe(60);
    expect((await commands(WIDE).list(OFFICE))[0]).toMatchObject({
      inForce: { version: applied.version, decidedBy: 'officer', reason: 'the council decided so' },
      referrals: [{ connectorId: 'bureau', inForce: 81 }],
    });
    expect(await database.asOwner('select count(distinct strategy_version)::int as n from cases.referral')).toEqual([
      { n: 2 },
    ]);
    const again = { version: applied.version, reason: 'again' };
    await expect(commands(WIDE).apply(asked('officer'), OFFICE, 'report', again)).rejects.toMatchObject({
      code: 'strategy-not-held',
    });
  });

  test('that surprises nobody comes into force by itself, for every debt of its types', async () => {
    const large: Strategy = { ...WIDE, surprisingShare: 90 };
    // The share of what is in force decides, or a change could let itself through.
    expect(await review([large])).toBe(0);
    expect(await states(large)).toMatchObject([{ state: 'held' }]);
    const fewer: Strategy = { ...REPORT, maxBalanceMinor: 100_000, surprisingShare: 90 };
    expect(await review([fewer])).toBe(0);
    expect(await states(fewer)).toMatchObject([{ state: 'in-force', inForce: 5_000 }]);
    expect(await review([large])).toBe(60);
  });

  test('that is changed back is held no more, and one that is configured no more is in force no more', async () => {
    await review([WIDE]);
    await review([REPORT]);
    expect(await states(REPORT)).toEqual([{ id: 'report', state: 'in-force', inForce: 5_000, held: null }]);
    await review([]);
    await start(REPORT);
    expect(await states(REPORT)).toEqual([{ id: 'report', state: 'unseen', inForce: null, held: null }]);
  });

  test('of a new office is taken as it is', async () => {
    const other = testJurisdiction({ id: 'us-tx-other', strategies: [WIDE] });
    await storeJurisdictions(database.gateway, [other], office.clock);
    expect(
      await database.asOwner(
        `select state, decided_by from cases.strategy_version where jurisdiction_id = 'us-tx-other'`,
      ),
    ).toEqual([{ state: 'in-force', decided_by: 'configuration' }]);
  });

  test('from before there were versions is taken as it is where its words are the same', async () => {
    const inForce = () =>
      database.asOwner(`select strategy_id as id from cases.strategy_version where state = 'in-force' order by 1`);
    await start(REPORT, PLACE);
    await database.asOwner('delete from cases.strategy_version');
    await start(REPORT);
    expect(await inForce()).toEqual([]);
    await start(REPORT);
    expect(await inForce()).toEqual([{ id: 'report' }]);
  });

  test('sets the time anew after which its referrals are looked at for a recall', async () => {
    const placing = { ...PLACE, recall: undefined, surprisingShare: 100, notWhile: undefined } as Strategy;
    await review([placing]);
    await heldByAgencies();
    const later = '2026-09-01';
    office.clock.set(`${later}T15:00:00Z`);
    const recalling: Strategy = { ...placing, recall: { withoutPaymentMonths: 3 } };
    expect((await preview([placing], [recalling])).map(counts)).toMatchObject([{ recalled: 20 }]);
    await review([recalling], later);
    expect(await made()).toMatchObject({ 'recalled place': 20 });
  });
});
