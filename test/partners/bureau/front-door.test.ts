import assert from 'node:assert/strict';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setAccount, setFaults } from '../launch.ts';
import { BureauUnderTest, PASSWORD, spared, USER } from './bureau-under-test.ts';
import { account, file } from './sample-file.ts';

const it = new BureauUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, {}));

describe('the front door', () => {
  test('refuses wrong passwords and unknown users, and admits an account that appears later', async () => {
    await assert.rejects(it.connected(async () => {}, 'wrong'));
    await assert.rejects(it.connected(async () => {}, PASSWORD, '__proto__'));
    await assert.rejects(it.connected(async () => {}, PASSWORD, 'late'));
    setAccount(it.state, 'late', PASSWORD);
    const names = await it.connected((client) => client.list('/'), PASSWORD, 'late');
    assert.deepEqual(names.map(({ name }) => name).sort(), ['inbox', 'outbox']);
  });

  test('lets no path out of the home folder', async () => {
    const secret = join(it.state, 'accounts.json');
    symlinkSync(it.state, join(it.state, 'accounts', USER, 'link'));
    await it.connected(async (client) => {
      for (const path of [
        '../../accounts.json',
        '/../../../accounts.json',
        '/inbox/../../../accounts.json',
        secret,
        'link/accounts.json',
      ]) {
        await assert.rejects(client.get(path), path);
      }
      for (const path of ['/inbox/../../../planted', 'link/planted'])
        await client.put(Buffer.from('x'), path).catch(() => '');
      assert.equal(existsSync(join(it.state, 'planted')), false);
      assert.equal(existsSync(join(it.state, '..', 'planted')), false);
      for (const name of ['a\u0000b', 'a\nb', 'a\\b', 'x'.repeat(250)]) {
        await assert.rejects(client.put(Buffer.from('x'), `/inbox/${name}`), JSON.stringify(name));
      }
      await assert.rejects(client.rename('/inbox', '/elsewhere'));
      assert.equal(await client.realPath('/inbox/../../..'), '/');
      assert.equal(
        (await client.list('/')).some(({ name }) => name === 'link'),
        false,
      );
    });
    rmSync(join(it.state, 'accounts', USER, 'link'));
  });

  test('a rename does not replace a file', async () => {
    await it.connected(async (client) => {
      await client.put(Buffer.from('1'), '/one.tmp');
      await client.put(Buffer.from('2'), '/two.tmp');
      await assert.rejects(client.rename('/one.tmp', '/two.tmp'));
      assert.deepEqual(await client.get('/two.tmp'), Buffer.from('2'));
      assert.equal((await client.stat('/one.tmp')).size, 1);
      await client.mkdir('/folder');
      assert.equal(await client.exists('/folder'), 'd');
    });
  });

  test('serves several connections at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `MANY${index}`);
    await Promise.all(names.map((name) => it.deliver(name, file([account(spared())]))));
    const answers = await Promise.all(names.map((name) => it.answerTo(name)));
    assert.deepEqual(
      answers.map(({ header }) => header[96]),
      names.map(() => 'A'),
    );
  });
});
