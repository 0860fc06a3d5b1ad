import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import { ApiSuite } from '../support/api-suite.js';
import { waitingFor } from '../support/test-database.js';
import { broken } from './support/broken.js';

const suite = new ApiSuite();

/** Connections of the gateway's pool, and how long one is waited for, with room for a busy machine. */
const POOL = 10;
const ANSWERED_WITHIN_MS = 30_000;
const FURTHER = 20;

/** Holds what every change of a case needs, so that requests keep their connections. */
async function holding(table: string): Promise<{ letGo(): Promise<void> }> {
  const client = new pg.Client({ connectionString: suite.database.url });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${table} in access exclusive mode`);
  return {
    letGo: async () => {
      await client.query('commit');
      await client.end();
    },
  };
}

/** @returns null for what has not come in time: what waits for ever is to be told from what is answered */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** As many payments as there are connections, each of which has one and does not get on. */
async function takeAll(payments: readonly object[]): Promise<Promise<{ status: number }>[]> {
  const slow = payments.map((payment) => suite.post('/api/v1/payments', payment).then((answer) => answer));
  await waitingFor(suite.database, POOL);
  return slow;
}

async function timed<T>(work: PromiseLike<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now();
  return { result: await work, ms: performance.now() - began };
}

describe('all connections of the gateway are taken by slow requests', () => {
  test('others are told soon to come back, the slow ones end well, and then everything is as before', async () => {
    const held = await holding('cases.ledger_entry');
    const payments = Array.from({ length: POOL }, () => suite.payment());
    const slow = await takeAll(payments);
    const kinds = [
      () => suite.get(`/api/v1/debts/${suite.debtId}`),
      () => suite.post('/api/v1/payments', suite.payment()),
      () => suite.post('/api/v1/stops', suite.stop()),
      () => suite.get('/api/v1/exchanges'),
    ];
    const asked = Array.from({ length: FURTHER }, (_, index) =>
      timed(kinds[index % kinds.length]!().then((answer) => answer)),
    );
    const further = await within(ANSWERED_WITHIN_MS, Promise.all(asked));
    const health = await suite.get('/health/live');
    await held.letGo();

    if (further === null) throw new Error(`further requests still wait after ${ANSWERED_WITHIN_MS} ms`);
    for (const { result, ms } of further) {
      expect(result.status).toBe(503);
      expect(result.body).toMatchObject({ statusCode: 503, code: 'database-busy', message: expect.any(String) });
      expect(result.headers['retry-after']).toMatch(/^\d+$/);
      expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
    }
    expect(health.status).toBe(200);
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(slow.map(() => 201));

    const again = await Promise.all(payments.map((payment) => suite.post('/api/v1/payments', payment)));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([again[0]!.status]));
    const entries = await suite.database.asOwner<{ n: string }>(
      `select count(*) as n from cases.ledger_entry where debt_id = $1 and kind = 'payment'`,
      [suite.debtId],
    );
    expect(Number(entries[0]!.n)).toBe(POOL);
    const slowest = Math.round(Math.max(...further.map(({ ms }) => ms)) / 1000);
    broken(
      `all ${POOL} connections of the gateway taken`,
      FURTHER,
      `every further request got 503 with Retry-After within ${slowest} s, the slow ones were carried out once, no deadlock`,
    );
  });

  test('bites: a pool that waits without end for a connection keeps further requests waiting', async () => {
    const pool = (suite.part<DataSource>(GATEWAY_DATABASE).driver as unknown as { master: pg.Pool }).master;
    const bound = pool.options.connectionTimeoutMillis!;
    const held = await holding('cases.ledger_entry');
    const slow = await takeAll(Array.from({ length: POOL }, () => suite.payment()));
    pool.options.connectionTimeoutMillis = 0;
    const further = suite.get(`/api/v1/debts/${suite.debtId}`).then((answer) => answer);
    const answer = await within(1.5 * bound, further);
    pool.options.connectionTimeoutMillis = bound;
    await held.letGo();
    expect(answer).toBeNull();
    expect((await further).status).toBe(200);
    await Promise.all(slow);
    broken('a pool without a bound on the waiting (seeded)', 1, 'the test above notices that nothing is answered');
  });
});
