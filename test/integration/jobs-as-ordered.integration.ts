import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { JobsAsOrdered } from '@concord/core/exchanges/commands/ordered-work';
import { JobQueue } from '@concord/core/jobs/job-queue';
import { openLog } from '@concord/core/platform/log';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

/** Of several jobs that could run side by side, each takes so long. */
const A_WHILE_MS = 100;

let database: TestDatabase;
let queue: JobQueue;
let work: JobsAsOrdered;
/** What the tasks were given, and when each began and ended. */
let steps: string[];
let given: unknown[];

const task = (name: string) => async (payload: unknown) => {
  const { exchangeIds } = payload as { exchangeIds?: string };
  given.push({ name, payload });
  steps.push(`${exchangeIds ?? name} begins`);
  await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
  steps.push(`${exchangeIds ?? name} ends`);
  if (exchangeIds !== 'hopeless') return;
  // The last attempt: the first three would take half a minute.
  await database.asOwner('update graphile_worker._private_jobs set max_attempts = attempts');
  throw new Error('the partner refuses it\nin many words');
};

beforeEach(async () => {
  [steps, given] = [[], []];
  database = await openTestDatabase();
  const log = openLog('silent', { write: () => undefined });
  const options = { url: database.url, ownerUrl: database.url, concurrency: 3, log };
  queue = new JobQueue(options, { 'go-on': task('go-on'), 'run-now': task('run-now') });
  const [process] = await database.asOwner<{ id: number }>(
    "insert into exchange.process (host, pid, started_at) values ('test', 1, now()) returning id",
  );
  await queue.start(process!.id);
  work = new JobsAsOrdered(queue);
});
afterEach(async () => {
  await queue.stop();
  await database.close();
});

test('work of one connector is done in its order, one after the other, with what was asked', async () => {
  const keys = [await work.goOn('bureau', ['1', '2'], 'c-1'), await work.goOn('bureau', ['3'], 'c-2')];
  const run = { connectorId: 'bureau', businessDate: '2026-03-16', correlationId: 'c-3', cutoffKey: 'run:x' };
  keys.push(await work.runNow(run));
  for (const key of keys) expect(await work.finished(key)).toBeNull();
  expect(steps).toEqual(['1,2', '3', 'run-now'].flatMap((each) => [`${each} begins`, `${each} ends`]));
  expect(given).toEqual([
    { name: 'go-on', payload: { connectorId: 'bureau', exchangeIds: '1,2', correlationId: 'c-1' } },
    { name: 'go-on', payload: { connectorId: 'bureau', exchangeIds: '3', correlationId: 'c-2' } },
    { name: 'run-now', payload: run },
  ]);
});

test('what was given up is told by the first line of its reason, and keeps nothing else waiting', async () => {
  const hopeless = await work.goOn('bureau', ['hopeless'], 'c');
  const other = await work.goOn('bureau', ['next'], 'c');
  expect(await work.finished(other)).toBeNull();
  expect(await work.finished(hopeless)).toBe('the partner refuses it');
});

test('a job that was taken without anybody hearing of it is put back, and keeps its queue waiting no longer', async () => {
  await database.asOwner(`
    select graphile_worker.add_job('go-on', '{"exchangeIds": "lost"}', queue_name := 'bureau', max_attempts := 1,
      run_at := now() + interval '1 hour')`);
  const noted = "select 1 from exchange.job_worker where worker_id like 'pool-%'";
  while ((await database.asOwner(noted)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // As get_job leaves it in the moment in which the connection is cut.
  await database.asOwner(`
    with taken as (
      update graphile_worker._private_jobs set locked_by = w.worker_id, locked_at = now(), attempts = 1, run_at = now()
      from exchange.job_worker w where w.worker_id like 'pool-%' returning job_queue_id, locked_by)
    update graphile_worker._private_job_queues q set locked_by = t.locked_by, locked_at = now()
    from taken t where q.id = t.job_queue_id`);
  const next = await work.goOn('bureau', ['next'], 'c');
  expect(await queue.freeLost()).toBe(0);
  expect(steps).toEqual([]);
  expect(await queue.freeLost()).toBe(1);
  expect(await work.finished(next)).toBeNull();
  expect(steps).toEqual(['lost begins', 'lost ends', 'next begins', 'next ends']);
});

test('a job that is being done is never taken for lost', async () => {
  const key = await work.goOn('bureau', ['slow'], 'c');
  while (steps.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let look = 0; look < 4; look += 1) expect(await queue.freeLost()).toBe(0);
  expect(await work.finished(key)).toBeNull();
  expect(steps).toEqual(['slow begins', 'slow ends']);
});
