import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CommandDesk } from '@concord/core/commands/command-desk';
import type { CommandHandler } from '@concord/core/commands/command-handler';
import { openLog } from '@concord/core/platform/log';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const log = openLog('silent', { write: () => undefined });
const clock = { now: () => new Date('2026-03-16T15:00:00Z') };

let database: TestDatabase;
/** What was begun, in its order, and what ends each. */
let begun: string[];
let ends: Map<string, (error?: Error) => void>;
let second: number;

beforeEach(async () => {
  database = await openTestDatabase();
  [begun, ends, second] = [[], new Map(), 0];
});
afterEach(() => database.close());

/** A command whose handler goes on until the test ends it. */
const handler: CommandHandler = {
  kind: 'connector-check',
  carryOut: ({ body }) => {
    const { name } = body as { name: string };
    begun.push(name);
    return new Promise((resolve, reject) => {
      ends.set(name, (error) => (error ? reject(error) : resolve(name)));
    });
  },
};

const deskOf = (): CommandDesk => new CommandDesk(database.connectors, [handler], clock, log);

async function processNumber(): Promise<number> {
  const [row] = await database.asOwner<{ id: number }>(
    "insert into exchange.process (host, pid, started_at) values ('test', 1, now()) returning id",
  );
  return row!.id;
}

async function ordered(name: string, about: object): Promise<string> {
  const id = randomUUID();
  await database.asOwner(
    `insert into exchange.command (id, kind, body, actor, correlation_id, requested_at)
     values ($1, 'connector-check', $2, 'clerk', 'c', $3)`,
    [id, JSON.stringify({ name, ...about }), new Date(Date.UTC(2026, 2, 16, 12, 0, (second += 1)))],
  );
  return id;
}

/** Has a desk take all that may begin. */
async function takeAll(desk: CommandDesk, process: number): Promise<string[]> {
  while (await desk.beginNext(process));
  return begun;
}

const states = () =>
  database
    .asOwner<{ state: string }>('select state from exchange.command order by requested_at')
    .then((all) => all.map(({ state }) => state));

test('commands of other connectors do not wait for one that takes long; those of its own keep their order', async () => {
  const desk = deskOf();
  const process = await processNumber();
  await ordered('a1', { connectorId: 'a' });
  await ordered('a2', { connectorId: 'a' });
  await ordered('b1', { connectorId: 'b' });
  await ordered('stop', { jurisdictionId: 'office' });
  await ordered('resume', { jurisdictionId: 'office' });
  expect(await takeAll(desk, process)).toEqual(['a1', 'b1', 'stop']);
  ends.get('b1')!();
  ends.get('stop')!();
  while ((await states()).filter((state) => state === 'done').length < 2);
  expect(await takeAll(desk, process)).toEqual(['a1', 'b1', 'stop', 'resume']);
  // One that fails ends as well.
  ends.get('a1')!(new Error('the partner is down'));
  while (!(await states()).includes('failed'));
  expect((await takeAll(desk, process)).at(-1)).toBe('a2');
  for (const name of ['resume', 'a2']) ends.get(name)!();
  await desk.ended();
  expect(await states()).toEqual(['failed', 'done', 'done', 'done', 'done']);
});

test('a command about a file waits for those about its connector', async () => {
  const desk = deskOf();
  const file = randomUUID();
  await database.asOwner(
    `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, title, mode, settings_version, created_at)
     values ('a', 'office', 'metro2', 'credit-bureau', 'A', 'on', 1, now())`,
  );
  await database.asOwner(
    `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state, correlation_id, started_at)
     values ($1, 'a', 'out', 'tradelines', '2026-03-16', 1, 'on', 'choosing', 'c', now())`,
    [file],
  );
  await ordered('mode', { connectorId: 'a' });
  await ordered('hold', { exchangeId: file });
  await ordered('nobodys', { exchangeId: randomUUID() });
  await ordered('no number', { exchangeId: 'x' });
  expect(await takeAll(desk, await processNumber())).toEqual(['mode', 'nobodys', 'no number']);
  for (const end of ends.values()) end();
  await desk.ended();
  expect(await desk.beginNext(await processNumber())).toBe(true);
  expect(begun.at(-1)).toBe('hold');
  ends.get('hold')!();
  await desk.ended();
});

test('the end of a command is noted once the database is there again, as what it was', async () => {
  const process = await processNumber();
  let lost = 0;
  // Loses the connection whenever an end is to be noted, three times.
  const exchange = {
    createQueryRunner: () => {
      const runner = database.connectors.createQueryRunner();
      const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
      const breaking = async (statement: string, ...more: unknown[]): Promise<unknown> => {
        if (!statement.includes('finished_at') || (lost += 1) > 3) return query(statement, ...more);
        throw Object.assign(new Error('terminating connection'), { code: '57P01' });
      };
      return Object.assign(runner, { query: breaking });
    },
  } as unknown as TestDatabase['connectors'];
  await ordered('a1', { connectorId: 'a' });
  const desk = new CommandDesk(exchange, [handler], clock, log);
  expect(await takeAll(desk, process)).toEqual(['a1']);
  ends.get('a1')!();
  await desk.ended();
  expect(lost).toBe(4);
  expect(await states()).toEqual(['done']);
});

test('at most four are under way; the fifth begins when one ends', async () => {
  const desk = deskOf();
  const process = await processNumber();
  for (const name of ['a', 'b', 'c', 'd', 'e']) await ordered(name, { connectorId: name });
  for (const _ of 'abcd') expect(await desk.beginNext(process)).toBe(true);
  const fifth = desk.beginNext(process);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  ends.get('c')!();
  expect(await fifth).toBe(true);
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  for (const end of ends.values()) end();
  await desk.ended();
  expect(await states()).toEqual(Array(5).fill('done'));
});

test('the order holds between two processes, and what a dead one had begun comes first again', async () => {
  const [dead, alive] = [deskOf(), deskOf()];
  const [deadNumber, number] = [await processNumber(), await processNumber()];
  await ordered('a1', { connectorId: 'a' });
  await ordered('a2', { connectorId: 'a' });
  expect(await takeAll(dead, deadNumber)).toEqual(['a1']);
  expect(await takeAll(alive, number)).toEqual(['a1']);
  // As whoever takes over from a dead process leaves it.
  await database.asOwner(`update exchange.command set state = 'waiting', process_id = null where state = 'running'`);
  expect(await takeAll(alive, number)).toEqual(['a1', 'a1']);
  ends.get('a1')!();
  await alive.ended();
  expect(await takeAll(alive, number)).toEqual(['a1', 'a1', 'a2']);
  ends.get('a2')!();
  await alive.ended();
  expect(await states()).toEqual(['done', 'done']);
});

test('two processes that look at the same moment do not begin two commands of one connector', async () => {
  const desks = [deskOf(), deskOf(), deskOf()];
  const numbers = await Promise.all(desks.map(processNumber));
  for (let round = 0; round < 10; round += 1) {
    for (const name of ['first', 'second', 'third']) await ordered(`${round} ${name}`, { connectorId: 'a' });
    for (const name of ['first', 'second', 'third']) {
      await Promise.all(desks.map((desk, index) => desk.beginNext(numbers[index]!)));
      // Who found that another one had just taken it, finds nothing, and looks again.
      while (begun.at(-1) !== `${round} ${name}`) await desks[0]!.beginNext(numbers[0]!);
      ends.get(`${round} ${name}`)!();
      await Promise.all(desks.map((desk) => desk.ended()));
    }
  }
  expect(begun).toHaveLength(30);
  expect(new Set(begun).size).toBe(30);
});
