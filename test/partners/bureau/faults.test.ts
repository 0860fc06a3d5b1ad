import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFaults } from '../launch.ts';
import { BureauUnderTest, spared, until, USER } from './bureau-under-test.ts';
import { account, file } from './sample-file.ts';

const it = new BureauUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, {}));

describe('faults', () => {
  test('a silent bureau answers when it is told to speak again', async () => {
    setFaults(it.state, { silent: true });
    await it.deliver('SILENT', file([account(spared())]));
    await until('judgement', () => it.arrivals('SILENT')[0]);
    await sleep(300);
    assert.equal(existsSync(join(it.state, 'accounts', USER, 'outbox', 'SILENT.rej')), false);
    setFaults(it.state, {});
    assert.equal((await it.answerTo('SILENT')).header[96], 'A');
  });

  test('a slow bureau answers later', async () => {
    setFaults(it.state, { answerDelayMs: 800 });
    const began = Date.now();
    await it.deliver('SLOW', file([account(spared())]));
    await it.answerTo('SLOW');
    assert.ok(Date.now() - began >= 800);
  });

  test('answers that lie, break off or come twice', async () => {
    setFaults(it.state, { wrongDetailCount: true });
    await it.deliver('LIES', file([account(spared())]));
    assert.equal((await it.answerTo('LIES')).trailer.trimEnd(), 'T000000001');
    setFaults(it.state, { truncateAnswer: true });
    await it.deliver('CUT', file([account(spared())]));
    assert.ok(!(await it.collect('CUT.rej')).endsWith('\n'));
    setFaults(it.state, { duplicateAnswer: true });
    await it.deliver('DOUBLE', file([account(spared())]));
    assert.equal(await it.collect('DOUBLE.rej'), await it.collect('DOUBLE.copy.rej'));
  });

  test('the connection dies while a file is sent, once, and nothing arrives', async () => {
    const bytes = file(Array.from({ length: 200 }, () => account(spared())));
    setFaults(it.state, { dropConnectionAfterBytes: 40_000 });
    await assert.rejects(it.deliver('DROPPED', bytes));
    assert.equal(statSync(join(it.state, 'accounts', USER, 'inbox', 'DROPPED.tmp')).size, 40_000);
    assert.deepEqual(JSON.parse(readFileSync(join(it.state, 'faults.json'), 'utf8')), {});
    await it.deliver('DROPPED', bytes);
    await it.answerTo('DROPPED');
    assert.equal(it.arrivals('DROPPED').length, 1);
  });

  test('a direct upload that breaks off is no arrival', async () => {
    setFaults(it.state, { dropConnectionAfterBytes: 40_000 });
    const bytes = file(Array.from({ length: 200 }, () => account(spared())));
    await assert.rejects(it.connected((client) => client.put(bytes, '/inbox/BROKEN')));
    await sleep(200);
    assert.equal(it.arrivals('BROKEN').length, 0);
    await it.restart();
    await sleep(200);
    assert.equal(it.arrivals('BROKEN').length, 0, 'nor after a restart');
    await it.connected((client) => client.put(bytes, '/inbox/BROKEN'));
    assert.equal((await it.answerTo('BROKEN')).header[96], 'A');
  });

  test('the reply to the rename is lost: the file is there', async () => {
    setFaults(it.state, { dropAfterRename: true });
    await assert.rejects(it.deliver('LOST', file([account(spared())])));
    await it.connected(async (client) => assert.equal(await client.exists('/inbox/LOST'), '-'));
    assert.equal((await it.answerTo('LOST')).header[96], 'A');
  });

  test('the reply is lost and the file collected: neither name is there, and the answer comes', async () => {
    setFaults(it.state, { dropAfterRename: true, collectAtOnce: true });
    await assert.rejects(it.deliver('GONE', file([account(spared())])));
    await it.connected(async (client) => {
      assert.equal(await client.exists('/inbox/GONE'), false);
      assert.equal(await client.exists('/inbox/GONE.tmp'), false);
    });
    assert.equal((await it.answerTo('GONE')).header[96], 'A');
  });

  test('a wrong size is stated once', async () => {
    setFaults(it.state, { wrongSize: true });
    await it.connected(async (client) => {
      await client.put(Buffer.from('12345'), '/sized.tmp');
      assert.equal((await client.stat('/sized.tmp')).size, 4);
      assert.equal((await client.stat('/sized.tmp')).size, 5);
    });
  });

  test('logins are refused while the switch is on', async () => {
    setFaults(it.state, { refuseLogin: true });
    await assert.rejects(it.connected(async () => {}));
    setFaults(it.state, {});
    await it.connected(async () => {});
  });
});
