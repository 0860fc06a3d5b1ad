import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openLog } from '@concord/core/platform/log';
import { LiveProcess } from '@concord/core/processes/live-process';
import pg from 'pg';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

async function registered(): Promise<LiveProcess> {
  const log = openLog('silent', { write: () => undefined });
  const live = new LiveProcess(database.url, log);
  await live.register();
  return live;
}

test('one process acts by the clock until it ends, and asks for that once, however many of its loops begin together', async () => {
  const [first, second] = [await registered(), await registered()];
  const statements = jest.spyOn(pg.Client.prototype, 'query');
  try {
    const loops = [first, first, first].map((live) => live.actsByTheClock());
    expect(await Promise.all(loops)).toEqual([true, true, true]);
    expect(statements).toHaveBeenCalledTimes(1);
    expect(await second.actsByTheClock()).toBe(false);
    await first.leave();
    expect(await second.actsByTheClock()).toBe(true);
  } finally {
    statements.mockRestore();
    await first.leave();
    await second.leave();
  }
});
