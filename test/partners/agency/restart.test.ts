import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFaults } from '../launch.ts';
import { AgencyUnderTest, spared, until, USER } from './agency-under-test.ts';
import { payment, payments, placement, placements } from './sample-files.ts';

const it = new AgencyUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, { quiet: true }));

describe('kill and restart', () => {
  test('keeps its key and its port', async () => {
    const { port, hostKey } = it.agency;
    await it.restart();
    assert.deepEqual([it.agency.port, it.agency.hostKey], [port, hostKey]);
  });

  test('takes a file in once that was complete when it was killed, and acknowledges it once', async () => {
    for (let attempt = 0; attempt < 6; attempt++) {
      const numbers = Array.from({ length: 400 }, () => spared());
      const name = `CPLCK${attempt}.txt`;
      await it.send(name, placements(numbers.flatMap((number) => placement(number, '1.00'))));
      await sleep(attempt * 12);
      await it.restart();
      await until(`judgement of ${name}`, () => it.arrivals(name)[0]);
      assert.equal((await it.given('AACK')).records.length, 400);
      await it.restart();
      await sleep(120);
      assert.deepEqual(it.outbox(), []);
      assert.deepEqual(
        it.arrivals(name).map(({ result }) => result),
        ['processed'],
      );
      assert.deepEqual(it.books().violations, []);
    }
  });

  test('does a command once, whenever it is killed', async () => {
    const number = spared();
    await it.place([number, '100.00']);
    for (let attempt = 0; attempt < 8; attempt++) {
      const collecting = it.do({ do: 'collect', date: '2026-11-03', fileNumber: number, amountMinor: 100 });
      const remitting = it.do({ do: 'remit', date: '2026-11-03' });
      await sleep(attempt * 8);
      await it.restart();
      const [collected, remitted] = await Promise.all([collecting, remitting]);
      assert.ok(collected.done && remitted.done);
      assert.equal(it.account(number).balanceMinor, 10_000 - (attempt + 1) * 100);
      const { name, records } = await it.given('APAY');
      assert.equal(records.length, 1);
      assert.deepEqual(remitted.files, [name]);
      assert.deepEqual(it.outbox(), []);
    }
    assert.equal(it.account(number).remittedMinor, 800);
  });

  test('takes nothing twice when it was killed between its books and its note of the arrival', async () => {
    const number = spared();
    await it.place([number, '10.00']);
    await it.deliver('CPAYB.txt', payments([payment(number, '1.00', 'PU', 'ONCE')]));
    await it.restart(({ child }) => {
      child.kill('SIGKILL');
      const notes = join(it.state, 'arrivals', USER);
      const last = readdirSync(notes)
        .filter((name) => /^\d/.test(name))
        .sort()
        .at(-1);
      const path = join(notes, last ?? '');
      const note = JSON.parse(readFileSync(path, 'utf8')) as object;
      writeFileSync(path, JSON.stringify({ ...note, verdict: null, answered: false }));
    });
    await until('second note', () => it.arrivals('CPAYB.txt')[0]);
    assert.equal(it.account(number).balanceMinor, 900);
    assert.deepEqual(it.books().violations, []);
  });

  test('gives out what was laid out, and only what the books know of', async () => {
    const number = spared();
    await it.place([number, '10.00']);
    setFaults(it.state, { quiet: true, silent: true });
    await it.do({ do: 'dispute', date: '2026-11-03', fileNumber: number });
    await it.restart(({ child }) => {
      child.kill('SIGKILL');
      for (const folder of ['staged', 'sent']) {
        writeFileSync(join(it.state, folder, USER, 'ASTS20261103999999.txt'), 'never in the books');
      }
    });
    setFaults(it.state, { quiet: true });
    assert.equal((await it.given('ASTS')).records[0]?.slice(13, 22), number);
    await sleep(120);
    assert.deepEqual(it.outbox(), []);
  });

  test('ends a rename that it had begun', async () => {
    const number = spared();
    await it.place([number, '10.00']);
    await it.do({ do: 'dispute', date: '2026-11-03', fileNumber: number });
    const { name } = await until('the file', () => {
      const found = it.outbox()[0];
      return found === undefined ? undefined : { name: found };
    });
    await it.restart(({ child }) => {
      child.kill('SIGKILL');
      const outbox = join(it.state, 'accounts', USER, 'outbox');
      writeFileSync(join(outbox, `${name}.filepart`), readFileSync(join(outbox, name)));
      writeFileSync(join(outbox, 'foreign.txt.filepart'), 'not of the agency');
    });
    assert.deepEqual(it.outbox(), [name, 'foreign.txt.filepart'].sort());
    await it.given('ASTS');
  });

  test('ends when whoever launched it lets go of its standard input', async () => {
    await it.restart(({ child }) => child.stdin?.end());
  });
});
