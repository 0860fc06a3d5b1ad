import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { deliver } from '@concord/core/channels/delivery';
import { probeChannel } from '@concord/core/channels/probe';
import type { ProbeStep } from '@concord/core/channels/probe';
import { SftpChannel } from '@concord/core/channels/sftp-channel';
import type { SftpSettings } from '@concord/core/channels/sftp-channel';
import { describeWithOpenSsh, makeHostKey, openTestOpenSsh } from '../support/openssh.js';
import type { OpenSsh, TestOpenSsh } from '../support/openssh.js';
import { WHOLE_SHARE } from '../support/share.js';

/** As many as are listed at all; making them takes too long for each run. */
const MANY = WHOLE_SHARE ? 100_000 : 20_000;
/** Bytes that a listing may take at once: about three times what it was seen to. */
const MOST_FOR_A_LISTING = 128 * 1024 * 1024;

function inMemory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describeWithOpenSsh('the SFTP channel with OpenSSH', () => {
  const opened: TestOpenSsh[] = [];
  const channels: SftpChannel[] = [];
  let server: OpenSsh;

  beforeAll(async () => {
    server = await open();
  });
  afterEach(async () => {
    await Promise.all(channels.splice(0).map((channel) => channel.close()));
  });
  afterAll(async () => {
    for (const each of opened) await each.remove();
  });

  async function open(options: Parameters<typeof openTestOpenSsh>[0] = {}): Promise<OpenSsh> {
    const test = await openTestOpenSsh(options);
    opened.push(test);
    return test.server;
  }

  function settings(changes: Partial<SftpSettings> = {}, to: OpenSsh = server): SftpSettings {
    return {
      host: '127.0.0.1',
      port: to.port,
      username: to.username,
      credential: { privateKey: to.privateKey },
      hostKeys: [to.hostKey.fingerprint],
      allowedAddresses: ['127.0.0.1'],
      deadlineMs: 20_000,
      ...changes,
    };
  }

  function channelTo(changes: Partial<SftpSettings> = {}, to: OpenSsh = server): SftpChannel {
    const channel = new SftpChannel(settings(changes, to));
    channels.push(channel);
    return channel;
  }

  const kindOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'none',
      (error: unknown) => error,
    );
  async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
    yield content;
  }
  const read = async (channel: SftpChannel, folder: string, name: string): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of channel.download(folder, name)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  test('delivers a file, reads it back by its hash, and collects it', async () => {
    const content = randomBytes(3_000_000);
    const channel = channelTo();
    const result = await deliver(channel, {
      open: () => inOnePiece(content),
      size: content.length,
      folder: 'in',
      finalName: 'day.txt',
      temporaryName: 'day.txt.tmp',
      reached: null,
      readBack: 'hash',
      onStep: async () => undefined,
    });
    expect(result).toEqual({ outcome: 'delivered' });
    expect(readdirSync(join(server.files, 'in'))).toEqual(['day.txt']);
    expect(readFileSync(join(server.files, 'in/day.txt')).equals(content)).toBe(true);
    expect((await read(channel, 'in', 'day.txt')).equals(content)).toBe(true);
    await channel.remove('in/day.txt');
    expect(await channel.size('in/day.txt')).toBeNull();
    expect(readdirSync(join(server.files, 'in'))).toEqual([]);
  });

  test('a rename never replaces a file', async () => {
    writeFileSync(join(server.files, 'in/a'), 'a', { mode: 0o644 });
    writeFileSync(join(server.files, 'in/b'), 'b', { mode: 0o644 });
    expect(await kindOf(channelTo().rename('in/a', 'in/b'))).toMatchObject({ kind: 'refused', step: 'rename' });
    expect(readFileSync(join(server.files, 'in/b'), 'utf8')).toBe('b');
    for (const name of ['a', 'b']) await channelTo().remove(`in/${name}`);
  });

  test('another host key is refused, and one of two pinned is enough while a key is changed', async () => {
    const [old, next] = [makeHostKey(), makeHostKey()];
    const changing = await open({ hostKey: old });
    const before = settings({ hostKeys: [old.fingerprint] }, changing);
    const during = settings({ hostKeys: [old.fingerprint, next.fingerprint] }, changing);
    const sees = async (with_: SftpSettings): Promise<unknown> => {
      const channel = new SftpChannel(with_);
      channels.push(channel);
      return kindOf(channel.list('out'));
    };
    expect([await sees(before), await sees(during)]).toEqual(['none', 'none']);
    await changing.restart(next);
    expect(await sees(before)).toMatchObject({
      kind: 'refused',
      step: 'connect',
      message: `the server's host key ${next.fingerprint} is not pinned`,
    });
    expect(await sees(during)).toBe('none');
  });

  test('an old server is reached with the algorithms that its connector names, and with these only', async () => {
    const old = await open({
      settings: ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc', 'MACs hmac-sha1'],
    });
    expect(await kindOf(channelTo({}, old).list('out'))).toMatchObject({ kind: 'refused', step: 'connect' });
    const algorithms = { kex: ['diffie-hellman-group14-sha1'], cipher: ['aes128-cbc'], hmac: ['hmac-sha1'] };
    expect(await channelTo({ algorithms }, old).list('out')).toEqual({ files: [], skipped: [] });
  });

  test('compression works where it is asked for', async () => {
    const channel = channelTo({ algorithms: { compress: ['zlib@openssh.com'] } });
    const content = Buffer.alloc(500_000, 'The same line again.\n');
    await channel.upload(() => inOnePiece(content), 'in', 'z');
    expect((await read(channel, 'in', 'z')).equals(content)).toBe(true);
    await channel.remove('in/z');
  });

  test('links, pipes, folders and hostile names are left alone', async () => {
    const folder = await server.makeFolder('hostile');
    writeFileSync(join(folder, 'answer.rsp'), '12345');
    writeFileSync(join(folder, '-rf'), 'x');
    symlinkSync('/etc/passwd', join(folder, 'link.rsp'));
    symlinkSync('answer.rsp', join(folder, 'inside.rsp'));
    mkdirSync(join(folder, 'folder.rsp'));
    execFileSync('mkfifo', [join(folder, 'pipe.rsp')]);
    for (const name of ['two\nlines.rsp', 'back\\slash.rsp', 'gpj\u202etxt.rsp', '\u001b[2J.rsp'])
      writeFileSync(join(folder, name), 'x');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff, 0xfe, 0x62])]), 'x');
    const channel = channelTo({ deadlineMs: 5_000 });
    const { files, skipped } = await channel.list('hostile');
    expect(files.map(({ name }) => name).sort()).toEqual(['-rf', 'answer.rsp']);
    expect(skipped).toHaveLength(5);
    for (const hostile of ['\n', '\u001b', '\u202e'])
      expect(skipped.filter(({ shownName }) => shownName.includes(hostile))).toEqual([]);
    // Neither is opened, should one take the place of a file after the listing: a pipe would never be read to its end.
    for (const name of ['link.rsp', 'pipe.rsp', 'folder.rsp'])
      expect(await kindOf(read(channel, 'hostile', name))).toMatchObject({ kind: 'refused', step: 'download' });
    expect(await kindOf(read(channel, 'hostile', '../in/../../authorized_keys'))).toMatchObject({ kind: 'refused' });
    expect((await read(channel, 'hostile', '-rf')).toString()).toBe('x');
  });

  test('a file that grows while it is read is not taken for a whole one', async () => {
    const path = join(server.files, 'out/growing.rsp');
    writeFileSync(path, randomBytes(200_000));
    const reading = channelTo().download('out', 'growing.rsp');
    await reading.next();
    appendFileSync(path, 'more');
    const rest = (async () => {
      for await (const piece of reading) expect(piece.length).toBeGreaterThan(0);
    })();
    expect(await kindOf(rest)).toMatchObject({ kind: 'retry', step: 'download' });
    await channelTo().remove('out/growing.rsp');
  });

  test(`a folder of ${MANY} files is listed within bounds of memory`, async () => {
    const folder = await server.makeFolder('many');
    const add = (name: string): void => closeSync(openSync(join(folder, name), 'w'));
    for (let i = 0; i < MANY; i++) add(`answer-of-a-partner-with-many-files-${i}.txt`);
    const channel = channelTo();
    const before = inMemory();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, inMemory() - before)), 20);
    const { files, skipped } = await channel.list('many').finally(() => clearInterval(watch));
    expect([new Set(files.map(({ name }) => name)).size, skipped.length]).toEqual([MANY, 0]);
    // Names, sizes and times of the files are kept, and of the partner's replies only the one that is being read.
    expect(most).toBeLessThan(MOST_FOR_A_LISTING);
  });

  test('a probe tries every step, and says what a partner does not allow', async () => {
    const probe = async (sendTo: string): Promise<ProbeStep[]> => {
      const steps: ProbeStep[] = [];
      for await (const step of probeChannel({ ...settings(), sendTo, collectFrom: 'out' })) steps.push(step);
      return steps;
    };
    const course = (steps: ProbeStep[]): string => steps.map(({ step, ok }) => (ok ? step : `${step}!`)).join(' ');
    expect(course(await probe('in'))).toBe('name port host-key login list list write remove');
    expect(readdirSync(join(server.files, 'in'))).toEqual([]);
    expect(course(await probe('missing'))).toBe('name port host-key login list!');
    // The root of the machine can be listed by everyone, and written by none but root.
    const steps = await probe('/usr');
    expect(course(steps)).toBe('name port host-key login list list write!');
    expect(steps.at(-1)!.detail).toBe('the partner answered: Permission denied');
  });
});
