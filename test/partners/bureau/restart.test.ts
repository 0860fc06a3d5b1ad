import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFaults } from '../launch.ts';
import { BureauUnderTest, spared, USER } from './bureau-under-test.ts';
import { account, file } from './sample-file.ts';

const it = new BureauUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, {}));

describe('kill and restart', () => {
  test('keeps its key and its port', async () => {
    const { port, hostKey } = it.bureau;
    await it.restart();
    assert.deepEqual([it.bureau.port, it.bureau.hostKey], [port, hostKey]);
  });

  test('processes a file that was complete when it was killed, and takes each record once', async () => {
    const probe = spared();
    const bytes = file([account(probe), ...Array.from({ length: 3_000 }, () => account(spared()))]);
    for (let attempt = 0; attempt < 6; attempt++) {
      const name = `KILLED${attempt}`;
      await it.deliver(name, bytes);
      await sleep(attempt * 60);
      await it.restart();
      assert.equal((await it.answerTo(name)).header[96], 'A');
      assert.deepEqual(
        it.arrivals(name).map(({ result }) => result),
        ['processed'],
      );
      const items = it.books().history[probe] ?? [];
      assert.deepEqual(items.filter(({ fileName }) => fileName === name).length, 1);
    }
  });

  test('takes nothing twice when it was killed between its books and its note of the arrival', async () => {
    const number = spared();
    await it.deliver('BETWEEN', file([account(number)]));
    const answer = await it.collect('BETWEEN.rej');
    await it.restart(({ child }) => {
      child.kill('SIGKILL');
      const notes = join(it.state, 'arrivals', USER);
      const last =
        readdirSync(notes)
          .filter((name) => /^\d/.test(name))
          .sort()
          .at(-1) ?? '';
      const note = JSON.parse(readFileSync(join(notes, last), 'utf8')) as object;
      writeFileSync(join(notes, last), JSON.stringify({ ...note, verdict: null, answered: false }));
    });
    assert.equal(await it.collect('BETWEEN.rej'), answer);
    assert.equal(it.books().history[number]?.length, 1);
  });

  test('an answer that was held back is given after the restart', async () => {
    setFaults(it.state, { silent: true });
    await it.deliver('HELD', file([account(spared())]));
    await it.restart(({ child }) => child.kill('SIGTERM'));
    setFaults(it.state, {});
    assert.equal((await it.answerTo('HELD')).header[96], 'A');
  });

  test('ends when whoever launched it lets go of its standard input', async () => {
    await it.restart(({ child }) => child.stdin?.end());
  });
});
