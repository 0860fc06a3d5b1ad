import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError } from './file-channel.js';
import { SftpChannel, type SftpSettings } from './sftp-channel.js';
import { InMemorySftpServer } from './testing/in-memory-sftp-server.js';

let server: InMemorySftpServer;
beforeEach(async () => {
  server = await InMemorySftpServer.start();
});
afterEach(async () => {
  await server.stop();
});

const channelTo = (changes: Partial<SftpSettings> & { password?: string } = {}): SftpChannel =>
  new SftpChannel({
    host: '127.0.0.1',
    port: server.port,
    username: 'office',
    credential: { password: changes.password ?? 'secret' },
    hostKeys: [server.fingerprint],
    allowedAddresses: ['127.0.0.1'],
    deadlineMs: 5_000,
    ...changes,
  });

const failureOf = async (work: Promise<unknown>): Promise<{ kind: string; step: string; message: string }> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChannelError);
  const { kind, step, message } = error as ChannelError;
  return { kind, step, message };
};

async function* inBlocks(content: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}
const collect = async (source: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> => {
  const collected: Uint8Array[] = [];
  for await (const part of source) collected.push(part);
  return collected;
};
const other = `SHA256:${'A'.repeat(43)}`;

describe('SftpChannel', () => {
  it('carries a file there and back', async () => {
    const content = randomBytes(1_500_000);
    const channel = channelTo();
    expect(await channel.upload(() => inBlocks(content), 'in', 'a.tmp')).toEqual({
      bytes: content.length,
      held: content.length,
    });
    expect(server.files.get('in/a.tmp')!.equals(content)).toBe(true);
    expect(await channel.size('in/a.tmp')).toBe(content.length);
    await channel.rename('in/a.tmp', 'in/a.txt');
    expect([await channel.exists('in/a.tmp'), await channel.exists('in/a.txt')]).toEqual([false, true]);
    expect(Buffer.concat(await collect(channel.download('in', 'a.txt'))).equals(content)).toBe(true);
    await channel.remove('in/a.txt');
    await channel.remove('in/a.txt');
    expect(server.files.size).toBe(0);
  });

  it('carries an empty file and replaces one of the same temporary name', async () => {
    server.files.set('in/a.tmp', Buffer.from('left by an earlier attempt'));
    expect(await channelTo().upload(() => inBlocks(Buffer.alloc(0)), 'in', 'a.tmp')).toEqual({ bytes: 0, held: 0 });
    expect(server.files.get('in/a.tmp')).toHaveLength(0);
    expect(await collect(channelTo().download('in', 'a.tmp'))).toEqual([]);
  });

  it('lists regular files and reports names that it will not touch', async () => {
    server.files.set('out/answer.rsp', Buffer.from('12345'));
    for (const name of ['a\nb', 'nul\u0000', '../up', 'x'.repeat(256), 'é'.repeat(128)])
      server.files.set(`out/${name}`, Buffer.from('x'));
    const { files, skipped } = await channelTo().list('out');
    expect(files).toEqual([{ name: 'answer.rsp', size: 5, modifiedAt: new Date(1_700_000_000_000) }]);
    expect(skipped).toHaveLength(5);
    expect(skipped.every(({ shownName }) => !shownName.includes('\n') && !shownName.includes('\u0000'))).toBe(true);
  });

  it('asks for the size of what it wrote with the close, and for both only once all is confirmed', async () => {
    const content = randomBytes(300_000);
    const heldAt: [string, number | undefined][] = [];
    server.answerAfter = (operation) => (operation === 'WRITE' ? 20 : 0);
    server.misbehave = (operation) => {
      if (operation === 'CLOSE' || operation === 'STAT') heldAt.push([operation, server.files.get('in/a.tmp')?.length]);
      return null;
    };
    const { held } = await channelTo().upload(() => inBlocks(content), 'in', 'a.tmp');
    expect(held).toBe(content.length);
    expect(heldAt).toEqual([
      ['CLOSE', content.length],
      ['STAT', content.length],
    ]);
  });

  it('asks a server again that tells a size only once the file is closed', async () => {
    const content = randomBytes(1_000);
    for (const early of ['fail', 'absent', 'short'] as const) {
      let asked = 0;
      server.told = {};
      server.misbehave = (operation) => {
        if (operation !== 'STAT') return null;
        const first = asked++ === 0;
        server.told = first && early === 'short' ? { size: 0 } : {};
        if (first && early === 'absent') server.files.delete('in/a.tmp');
        else server.files.set('in/a.tmp', content);
        return first && early === 'fail' ? 'fail' : null;
      };
      expect(await channelTo().upload(() => inBlocks(content), 'in', 'a.tmp')).toEqual({ bytes: 1_000, held: 1_000 });
      expect(asked).toBe(2);
    }
  });

  it('never sends a name that could leave the folder', async () => {
    expect(await failureOf(channelTo().upload(() => inBlocks(Buffer.alloc(1)), 'in', '../a'))).toMatchObject({
      kind: 'refused',
    });
    expect(await failureOf(collect(channelTo().download('out', 'a/b')))).toMatchObject({
      kind: 'refused',
      step: 'download',
    });
    expect(server.connections).toBe(0);
  });

  it('opens one connection for each operation, and several channels work at once', async () => {
    const contents = Array.from({ length: 6 }, () => randomBytes(300_000));
    server.misbehave = () => null;
    await Promise.all(contents.map((content, i) => channelTo().upload(() => inBlocks(content), 'in', `${i}.tmp`)));
    expect(contents.every((content, i) => server.files.get(`in/${i}.tmp`)!.equals(content))).toBe(true);
    expect(server.connections).toBe(6);
    expect(server.mostAtOnce).toBeGreaterThan(1);
  });

  it('passes on what goes wrong in our own source', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(10);
      throw new RangeError('archive broke');
    }
    await expect(channelTo().upload(broken, 'in', 'a.tmp')).rejects.toThrow(RangeError);
  });
});

describe('SftpChannel reads a partner as it is', () => {
  it('lists 100,000 entries and refuses one more', async () => {
    // One is a folder.
    for (let i = 0; i < 99_999; i++) server.files.set(`out/${i}.txt`, Buffer.alloc(0));
    expect((await channelTo().list('out')).files).toHaveLength(99_999);
    server.files.set('out/one-more.txt', Buffer.alloc(0));
    expect(await failureOf(channelTo().list('out'))).toMatchObject({ kind: 'refused', step: 'list' });
  });

  it('gives a listing that goes on its time, and none that stops', async () => {
    for (let i = 0; i < 5_000; i++) server.files.set(`out/${i}.txt`, Buffer.alloc(0));
    server.answerAfter = (operation) => (operation === 'READDIR' ? 300 : 0);
    expect((await channelTo({ deadlineMs: 1_000 }).list('out')).files).toHaveLength(5_000);
    server.answerAfter = (operation) => (operation === 'READDIR' ? 3_000 : 0);
    expect(await failureOf(channelTo({ deadlineMs: 1_000 }).list('out'))).toMatchObject({ kind: 'retry' });
  });

  it('does not take a file that is told without its size for one that is gone', async () => {
    server.files.set('in/a', Buffer.alloc(10));
    server.told = { size: undefined };
    expect(await failureOf(channelTo().size('in/a'))).toMatchObject({ kind: 'refused' });
  });

  it('reads no link and no pipe', async () => {
    server.files.set('out/a', Buffer.alloc(10));
    for (const mode of [0o120777, 0o010644]) {
      server.told = { mode };
      expect(await failureOf(collect(channelTo().download('out', 'a')))).toMatchObject({ kind: 'refused' });
    }
    expect(server.operations).not.toContain('OPEN');
  });

  it('notices that a file grew, shrank or was written anew while it was read', async () => {
    for (const change of [
      () => server.files.set('out/a', Buffer.alloc(70_000)),
      () => server.files.set('out/a', Buffer.alloc(10)),
      () => (server.told = { mtime: 1_700_000_001 }),
    ]) {
      server.told = {};
      server.files.set('out/a', Buffer.alloc(50_000));
      const reading = channelTo().download('out', 'a');
      await reading.next();
      change();
      expect(await failureOf(collect(reading))).toMatchObject({ kind: 'retry', step: 'download' });
    }
  });

  it('leaves no hole in a file of full size when a piece could not be written', async () => {
    const content = randomBytes(300_000);
    for (let piece = 0; piece < 10; piece++) {
      let asked = 0;
      server.misbehave = (operation) => (operation === 'WRITE' && asked++ === piece ? 'fail' : null);
      expect(await failureOf(channelTo().upload(() => inBlocks(content), 'in', 'a.tmp'))).toMatchObject({
        kind: 'retry',
      });
      expect(server.files.get('in/a.tmp')!.length).toBeLessThan(content.length);
    }
  });
});

describe('SftpChannel keeps to its connections', () => {
  const write = (channel: SftpChannel, name: string): Promise<{ bytes: number }> =>
    channel.upload(() => inBlocks(randomBytes(100_000)), 'in', name);

  it('opens no more than it may, with one operation at a time on each', async () => {
    const channel = channelTo({ connections: 3 });
    await Promise.all(Array.from({ length: 12 }, (_, i) => write(channel, `${i}.tmp`)));
    expect([server.files.size, server.connections, server.mostAtOnce]).toEqual([12, 3, 3]);
    expect(server.mostInOne).toBe(1);
  });

  it('uses a free one again, until it is closed or has been free too long', async () => {
    const channel = channelTo({ idleMs: 200 });
    await write(channel, 'a');
    await channel.size('in/a');
    expect(server.connections).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(server.standing).toBe(0);
    await channel.size('in/a');
    expect(server.connections).toBe(2);
    await channel.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.standing).toBe(0);
  });

  it('takes a new one when the partner ended the free one, before or while it is asked', async () => {
    const channel = channelTo();
    expect(await channel.size('in/a')).toBeNull();
    let times = 1;
    server.misbehave = () => (times-- > 0 ? 'drop-before' : null);
    expect(await channel.size('in/a')).toBeNull();
    server.cutAll();
    expect(await channel.size('in/a')).toBeNull();
    expect(server.connections).toBe(3);
  });

  it('gives the place of a failed connection to the next', async () => {
    const channel = channelTo({ connections: 1, hostKeys: [other] });
    const all = await Promise.allSettled([channel.size('a'), channel.size('b'), channel.size('c')]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('does not trust the free ones when one was lost', async () => {
    const channel = channelTo({ connections: 2, deadlineMs: 1_000 });
    await Promise.all([channel.size('a'), channel.size('b')]);
    server.files.set('in/a', Buffer.alloc(1));
    server.misbehave = (operation) => (operation === 'RENAME' ? 'hang' : null);
    expect(await failureOf(channel.rename('in/a', 'in/b'))).toMatchObject({ kind: 'unknown' });
    await channel.size('in/a');
    expect(server.connections).toBe(3);
  });
});

describe('SftpChannel reaches only addresses that it may', () => {
  it('not this machine, unless that is listed', async () => {
    for (const settings of [
      { allowedAddresses: undefined },
      { allowedAddresses: ['127.0.0.2'] },
      { allowedAddresses: undefined, host: 'partner.example', resolve: async () => ['127.0.0.1'] },
    ])
      expect(await failureOf(channelTo(settings).size('a'))).toMatchObject({ kind: 'refused', step: 'connect' });
    expect(server.connections).toBe(0);
  });

  it('looks a name up once for a connection, and goes where it was checked', async () => {
    const answers = ['127.0.0.1', '10.0.0.1'];
    const channel = channelTo({ host: 'partner.example', resolve: async () => [answers.shift()!] });
    expect(await channel.size('a')).toBeNull();
    expect(answers).toHaveLength(1);
  });

  it('waits for a name no longer than the deadline', async () => {
    const never = channelTo({ host: 'partner.example', deadlineMs: 200, resolve: () => new Promise(() => undefined) });
    expect(await failureOf(never.size('a'))).toMatchObject({ kind: 'retry', step: 'connect' });
  });
});

describe('SftpChannel trusts only pinned host keys', () => {
  it('can not be made without one', () => {
    expect(() => channelTo({ hostKeys: [] })).toThrow(/no host key/);
    expect(() => channelTo({ hostKeys: ['MD5:00'] })).toThrow(/not a SHA256/);
  });

  it('refuses another key before any credential is sent, and says which it was', async () => {
    const failure = await failureOf(channelTo({ hostKeys: [other] }).size('a'));
    expect(failure).toMatchObject({ kind: 'refused', step: 'connect' });
    expect(failure.message).toContain(server.fingerprint);
    expect(server.operations).toEqual([]);
  });

  it('takes any of several, so that a key can be changed', async () => {
    expect(await channelTo({ hostKeys: [other, server.fingerprint] }).size('a')).toBeNull();
  });
});

describe('SftpChannel tells failures apart', () => {
  it('refused credentials', async () => {
    expect(await failureOf(channelTo({ password: 'wrong' }).size('a'))).toMatchObject({
      kind: 'refused',
      step: 'connect',
    });
  });

  it('a partner that is not there', async () => {
    expect(await failureOf(channelTo({ port: 1 }).size('a'))).toMatchObject({ kind: 'retry', step: 'connect' });
  });

  it.each([
    ['STAT', 'size', 'retry', (channel: SftpChannel) => channel.size('in/a')],
    [
      'WRITE',
      'upload',
      'retry',
      (channel: SftpChannel) => channel.upload(() => inBlocks(Buffer.alloc(2_000_000)), 'in', 'a'),
    ],
    ['CLOSE', 'upload', 'retry', (channel: SftpChannel) => channel.upload(() => inBlocks(Buffer.alloc(10)), 'in', 'a')],
    ['READDIR', 'list', 'retry', (channel: SftpChannel) => channel.list('in')],
    ['READ', 'download', 'retry', (channel: SftpChannel) => collect(channel.download('in', 'known'))],
    ['RENAME', 'rename', 'unknown', (channel: SftpChannel) => channel.rename('in/known', 'in/b')],
    ['REMOVE', 'remove', 'unknown', (channel: SftpChannel) => channel.remove('in/known')],
  ] as const)('a partner that hangs or drops the connection at %s', async (operation, step, kind, work) => {
    server.files.set('in/known', Buffer.alloc(10));
    for (const trouble of ['hang', 'drop-before', 'drop-after'] as const) {
      server.misbehave = (asked) => (asked === operation ? trouble : null);
      const started = Date.now();
      const failure = await failureOf(Promise.resolve(work(channelTo({ deadlineMs: 400 }))));
      // A lost reply to the end of an upload is caught by the check of the size that follows.
      expect(failure).toMatchObject({ step, kind });
      expect(Date.now() - started).toBeLessThan(2_500);
    }
  });

  it('a partner that answers no from one in passing trouble', async () => {
    server.files.set('in/a', Buffer.alloc(10));
    server.misbehave = () => 'deny';
    expect(await failureOf(channelTo().size('in/a'))).toMatchObject({ kind: 'refused' });
    server.misbehave = () => 'fail';
    // Never null: a file would look collected.
    expect(await failureOf(channelTo().size('in/a'))).toMatchObject({ kind: 'retry' });
    expect(await failureOf(channelTo().rename('in/a', 'in/b'))).toMatchObject({ kind: 'refused', step: 'rename' });
    expect(await failureOf(channelTo().upload(() => inBlocks(Buffer.alloc(10)), 'in', 'b'))).toMatchObject({
      kind: 'retry',
    });
    expect(await failureOf(collect(channelTo().download('in', 'a')))).toMatchObject({ kind: 'retry' });
  });

  it('our own slowness from the partner taking no bytes', async () => {
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        yield Buffer.alloc(10);
      }
    }
    expect(await channelTo({ deadlineMs: 400 }).upload(slow, 'in', 'a')).toEqual({ bytes: 30, held: 30 });
    let read = 0;
    for await (const chunk of channelTo({ deadlineMs: 300 }).download('in', 'a')) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      read += chunk.length;
    }
    expect(read).toBe(30);
  });
});
