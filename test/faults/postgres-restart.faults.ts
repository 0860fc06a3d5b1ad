import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { violations } from '@concord/core/cases/conservation';
import { Installation } from '../e2e/installation.js';
import { connectorDays, expectWholeReport, unconserved } from '../e2e/day-report.js';
import type { DayReport } from '../e2e/day-report.js';
import { API_OFFICE, ApiSuite } from '../support/api-suite.js';
import { startTestServer } from '../support/database-server.js';
import type { TestServer } from '../support/database-server.js';
import { until } from '../support/event-flow.js';
import { pause } from '../support/processes.js';
import { broken } from './support/broken.js';
import { crashPostgres } from './support/crash-postgres.js';

jest.setTimeout(600_000);

const CRASHES = 5;
const CLIENTS = 12;
const ROUNDS = 6;
const AMOUNT_MINOR = 7;

describe('PostgreSQL crashes while the API posts payments', () => {
  let server: TestServer;
  let shared: string | undefined;
  beforeAll(async () => {
    // A server of its own: others' tests must not notice.
    server = await startTestServer();
    // What it has said to be committed must be there afterwards, as in an installation.
    await alter(server.url, `alter system set synchronous_commit = on`, 'select pg_reload_conf()');
    shared = process.env['CONCORD_TEST_DATABASE'];
    process.env['CONCORD_TEST_DATABASE'] = server.url;
  });
  const suite = new ApiSuite();
  afterAll(async () => {
    process.env['CONCORD_TEST_DATABASE'] = shared;
    await server.stop();
  });

  test('the process lives on, every request has a clear answer, and each payment is posted once', async () => {
    const payments = Array.from({ length: CLIENTS * ROUNDS }, () => suite.payment({ amountMinor: AMOUNT_MINOR }));
    const open = [...payments];
    const answered: number[] = [];
    const client = async (): Promise<void> => {
      for (let next = open.shift(); next !== undefined; next = open.shift()) {
        const { status, body } = await suite.post('/api/v1/payments', next);
        answered.push(status);
        if (status === 201) continue;
        // Anything else than "ask again" would be an answer that a client can do nothing with.
        expect({ status, body }).toMatchObject({ status: 503, body: { code: expect.stringMatching(/^database-/) } });
        open.push(next);
        await pause(20);
      }
    };
    const crashes = (async () => {
      for (let crash = 0; crash < CRASHES; crash += 1) {
        await until('payments go on', () => answered.slice(-CLIENTS).includes(201) || open.length === 0);
        await crashPostgres(server.url);
      }
    })();
    await Promise.all([...Array.from({ length: CLIENTS }, client), crashes]);

    await until('it is ready', async () => (await suite.get('/health/ready')).body.checks?.database === 'ok');
    const [posted] = await suite.database.gateway.query(
      `select count(*)::integer as n, sum(effect_minor)::integer as minor from cases.ledger_entry
       where debt_id = $1 and kind = 'payment'`,
      [suite.debtId],
    );
    expect(posted).toEqual({ n: payments.length, minor: -payments.length * AMOUNT_MINOR });
    expect(await violations(suite.database.gateway, API_OFFICE)).toEqual([]);
    const turnedAway = answered.filter((status) => status === 503).length;
    expect(turnedAway).toBeGreaterThan(0);
    broken(
      'PostgreSQL killed while the API posts payments',
      CRASHES,
      `${turnedAway} requests got 503, none another fault; ${payments.length} payments posted once; the process lived on`,
    );
  });
});

describe('PostgreSQL crashes below a whole Concord', () => {
  const DATE = '2027-06-09';
  const NEXT = '2027-06-30';
  const concord = new Installation();
  afterAll(() => concord.remove());

  test('it stays up, is ready again, and an ordered day ends with every file once and money conserved', async () => {
    const { instance } = await concord.stay(DATE);
    const url = databaseUrl(concord);
    const day = concord.begin(['day', '--date', NEXT, '--json']);
    let crashes = 0;
    for (; crashes < 3; crashes += 1) {
      await pause(1_500);
      await crashPostgres(url);
    }
    const { code, stderr } = await day.ended;
    // The day may have been told of the crash; ordering it again goes on with it.
    if (code !== 0) expect(stderr).not.toBe('');
    if (!instance.isRunning) throw new Error(`it has ended: ${(await instance.ended).stderr.slice(-4_000)}`);
    const report = await ordered(concord, NEXT);
    expectWholeReport(report);
    expect(unconserved(report)).toEqual([]);
    expect(connectorDays(report).size).toBeGreaterThan(0);
    const exchanges = await concord.json<{ connector: string; kind: string; direction: string; state: string }[]>([
      'exchange',
      'list',
      '--date',
      NEXT,
    ]);
    const out = exchanges.filter(({ direction }) => direction === 'out');
    expect(new Set(out.map(({ connector, kind }) => `${connector} ${kind}`)).size).toBe(out.length);
    expect(out.filter(({ state }) => !['answered', 'empty', 'delivered'].includes(state))).toEqual([]);
    expect(instance.isRunning).toBe(true);
    broken(
      'PostgreSQL killed below a whole Concord that runs a day',
      crashes,
      'it stayed up; the day ended, conserved',
    );
  });
});

async function alter(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Orders a day until it is run: one that a crash has broken off is gone on with by the next order. */
async function ordered(concord: Installation, date: string): Promise<DayReport> {
  let said = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { code, stdout, stderr } = await concord.run(['day', '--date', date, '--json']);
    if (code === 0) return JSON.parse(stdout) as DayReport;
    said = stderr;
    await pause(1_000);
  }
  throw new Error(`the day is not run: ${said}`);
}

function databaseUrl({ data }: Installation): string {
  const { password } = JSON.parse(readFileSync(join(data, 'postgres.json'), 'utf8')) as { password: string };
  const port = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]!;
  return `postgresql://concord_owner:${password}@127.0.0.1:${port}/concord`;
}
