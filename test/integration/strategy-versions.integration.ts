import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { strategiesUnweighed } from '@concord/core/alerts/watch/strategies-unweighed';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import type { Strategy } from '@concord/core/strategies/domain/strategy';
import { strategyVersion } from '@concord/core/strategies/domain/strategy-version';
import { stillInForce } from '@concord/core/strategies/strategies-in-force';
import { StrategyCommands } from '@concord/core/strategies/strategy-commands';
import { reviewDueDebts } from '@concord/core/strategies/strategy-review';
import { StrategyReviews } from '@concord/core/strategies/strategy-reviews';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, testJurisdiction, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const REPORT: Strategy = {
  ...{ id: 'report', act: 'report', connectors: ['bureau'], debtTypes: ['permit'] },
  ...{ minAgeDays: 30, minBalanceMinor: 60_000 },
};
/** Takes what the other leaves. */
const WIDE: Strategy = { ...REPORT, minBalanceMinor: 100 };

let database: TestDatabase;
let office: TestOffice;
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

const configured = (...strategies: Strategy[]): Jurisdiction => testJurisdiction({ strategies });
const start = (...strategies: Strategy[]) =>
  storeJurisdictions(database.gateway, [configured(...strategies)], office.clock);
const gatewayWith = (...strategies: Strategy[]) => {
  const jurisdiction = configured(...strategies);
  const reviews = new StrategyReviews(database.gateway, [jurisdiction], office.clock);
  return { review: () => reviews.review(jurisdiction, TODAY, randomUUID()), reviewAll: () => reviews.reviewAll() };
};
const commands = (...strategies: Strategy[]) =>
  new StrategyCommands(database.gateway, [configured(...strategies)], office.clock);
const apply = (strategy: Strategy) =>
  commands(strategy).apply(asked('officer'), OFFICE, strategy.id, {
    version: strategyVersion(strategy),
    reason: 'decided',
  });
const register = (debts: number) => office.register(Array.from({ length: debts }, () => debtRow({ type: 'permit' })));
const due = () => database.asOwner('update cases.debt set strategy_review_on = $1', [TODAY]);
const inForce = async () =>
  (
    await database.asOwner<{ least: number }>(
      `select (content->>'minBalanceMinor')::int as least from cases.strategy_version where state = 'in-force'`,
    )
  ).map(({ least }) => least);
const count = async (statement: string): Promise<number> =>
  (await database.asOwner<{ n: number }>(`select count(*)::int as n from ${statement}`))[0]!.n;

/** REPORT is in force and leaves every debt out; WIDE would take them all, and is held. */
async function heldChange(debts: number): Promise<void> {
  await register(debts);
  await start(REPORT);
  await gatewayWith(REPORT).review();
  await start(WIDE);
  expect(await gatewayWith(WIDE).review()).toBe(0);
  expect(await count(`cases.strategy_version where state = 'held'`)).toBe(1);
}

describe('a content that a person puts in force', () => {
  test('ends a review that goes by the one before, and no debt is passed by', async () => {
    await heldChange(1_100);
    await due();
    const stillHold = stillInForce(OFFICE, [WIDE], [REPORT]);
    let asks = 0;
    const context = { ...asked('strategy'), jurisdictionId: OFFICE, at: office.clock.now() };
    await reviewDueDebts(database.gateway, context, [REPORT], TODAY, async (manager) => {
      if ((asks += 1) === 2) await apply(WIDE);
      return stillHold(manager);
    });
    expect(asks).toBe(2);
    expect(await count('cases.debt where strategy_review_on is not null')).toBe(100);
    expect(await gatewayWith(WIDE).review()).toBe(1_100);
  });

  test('waits for nobody who works on the debts, and makes nobody wait', async () => {
    await heldChange(60);
    const runner = database.gateway.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('select 1 from cases.case_file order by id for no key update');
      await runner.query('update cases.debt set strategy_review_on = $1', ['2030-01-01']);
      const waited = new Promise((resolve) => setTimeout(() => resolve('waited'), 5_000));
      expect(await Promise.race([apply(WIDE).then(() => 'applied'), waited])).toBe('applied');
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    // Whoever put it in force was ended here: what is still to be marked is kept, and the next review does it.
    expect(await count('cases.strategy_version where debts_marked_to = 0')).toBe(1);
    expect(await gatewayWith(WIDE).review()).toBe(60);
    expect(await count('cases.strategy_version where debts_marked_to is not null')).toBe(0);
  });
});

describe('what a person has looked at', () => {
  const order = { jurisdictionId: OFFICE, strategyId: null, proposed: null, examples: 0 };

  test('is what comes into force, and nothing that was configured since', async () => {
    await heldChange(60);
    const wider: Strategy = { ...WIDE, minBalanceMinor: 50 };
    await start(wider);
    await expect(apply(WIDE)).rejects.toMatchObject({ code: 'content-differs' });
    expect(await inForce()).toEqual([60_000]);
    await apply(wider);
    expect(await inForce()).toEqual([50]);
  });

  test('is previewed as it is held, and as it is in force', async () => {
    await heldChange(60);
    const referred = async (held: boolean) =>
      (await commands(WIDE).preview({ ...order, held })).strategies.map(({ referred }) => referred.debts);
    expect(await referred(false)).toEqual([0]);
    expect(await referred(true)).toEqual([60]);
  });

  test('is previewed for one at a time', async () => {
    await heldChange(60);
    const people = commands(WIDE);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    // Whichever comes first waits for this, and is being made when the other asks.
    await other.query('lock table cases.ledger_entry in access exclusive mode');
    const both = [people.preview(order), people.preview(order)];
    const ended = Promise.allSettled(both);
    await expect(Promise.race(both)).rejects.toMatchObject({ code: 'reports-busy' });
    await other.end();
    expect((await ended).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(people.preview(order)).resolves.toMatchObject({ jurisdictionId: OFFICE });
  });
});

describe('a process with an older configuration', () => {
  test('puts nothing back, and reviews by what is in force', async () => {
    await register(3);
    await start(REPORT);
    const [older, newer] = [gatewayWith(REPORT), gatewayWith(WIDE)];
    await older.review();
    await start(WIDE);
    expect(await newer.review()).toBe(3);
    await register(1);
    await due();
    expect(await older.review()).toBe(1);
    expect(await inForce()).toEqual([100]);
    await newer.review();
    expect(await count('cases.strategy_version')).toBe(2);
    expect(await commands(REPORT).list(OFFICE)).toMatchObject([{ state: 'in-force', inForce: { content: WIDE } }]);
  });

  test('leaves what a person applied', async () => {
    await heldChange(60);
    await apply(WIDE);
    expect(await gatewayWith(REPORT).review()).toBe(60);
    expect(await inForce()).toEqual([100]);
  });
});

describe('what cannot be done for one office', () => {
  test('is done for the others, and told', async () => {
    await register(2);
    await start(WIDE);
    await due();
    const offices = [testJurisdiction({ id: 'us-tx-nowhere' }), configured(WIDE)];
    const reviews = new StrategyReviews(database.gateway, offices, office.clock);
    await expect(reviews.reviewAll()).rejects.toThrow();
    expect(await count('cases.referral')).toBe(2);
  });

  test('is to weigh a change: what was in force goes on, and the change is weighed later', async () => {
    await start(WIDE);
    await gatewayWith(WIDE).review();
    await register(2);
    await due();
    const placing: Strategy = {
      ...{ id: 'place', act: 'place', oneOf: [{ connector: 'agency', share: 1 }], debtTypes: ['permit'] },
      ...{ minAgeDays: 30, minBalanceMinor: 100, recall: { withoutPaymentDays: 90 } },
    };
    await start(WIDE, placing);
    await database.asOwner('revoke select on exchange_v1.position from concord_gateway');
    const error = jest.fn();
    const log = { error, warn: jest.fn() } as never;
    const jurisdiction = configured(WIDE, placing);
    const reviews = new StrategyReviews(database.gateway, [jurisdiction], office.clock, log);
    const review = () => reviews.review(jurisdiction, TODAY, randomUUID());
    expect(await review()).toBe(2);
    expect(await review()).toBe(0);
    expect(error).toHaveBeenCalledTimes(1);
    expect(await strategiesUnweighed(database.connectors)).toMatchObject([
      { jurisdictionId: OFFICE, cause: 'strategies-unweighed', details: { times: 1 } },
    ]);
    await database.asOwner('grant select on exchange_v1.position to concord_gateway');
    expect(await review()).toBe(0);
    office.clock.set(`${TODAY}T15:02:00Z`);
    expect(await review()).toBe(2);
    expect(await strategiesUnweighed(database.connectors)).toEqual([]);
    expect(await count(`cases.referral where act = 'place'`)).toBe(2);
  });
});
