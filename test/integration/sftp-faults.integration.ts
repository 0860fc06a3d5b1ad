import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { deliver } from '@concord/core/channels/delivery';
import type { Delivery, DeliveryResult, DeliveryStep } from '@concord/core/channels/delivery';
import { ChannelError } from '@concord/core/channels/file-channel';
import { SftpChannel } from '@concord/core/channels/sftp-channel';
import type { SftpSettings } from '@concord/core/channels/sftp-channel';
import { BreakingProxy } from '../support/breaking-proxy.js';
import { describeWithOpenSsh, openTestOpenSsh } from '../support/openssh.js';
import type { OpenSsh, TestOpenSsh } from '../support/openssh.js';

describeWithOpenSsh('delivering to OpenSSH when the network breaks', () => {
  const content = randomBytes(400_000);
  const channels: SftpChannel[] = [];
  let openssh: TestOpenSsh;
  let server: OpenSsh;
  let proxy: BreakingProxy;
  let reached: DeliveryStep | null;

  beforeAll(async () => {
    openssh = await openTestOpenSsh();
    server = openssh.server;
  });
  beforeEach(async () => {
    proxy = await BreakingProxy.open(`127.0.0.1:${server.port}`);
    reached = null;
    for (const name of inFolder()) rmSync(join(server.files, 'in', name));
  });
  afterEach(async () => {
    await Promise.all(channels.splice(0).map((channel) => channel.close()));
    await proxy.close();
  });
  afterAll(async () => {
    await openssh.remove();
  });

  const inFolder = (): string[] => readdirSync(join(server.files, 'in')).sort();
  const expectOneFile = (): void => {
    expect(inFolder()).toEqual(['day.txt']);
    expect(readFileSync(join(server.files, 'in/day.txt')).equals(content)).toBe(true);
  };

  function channelTo(changes: Partial<SftpSettings> = {}): SftpChannel {
    const channel = new SftpChannel({
      host: '127.0.0.1',
      port: proxy.port,
      username: server.username,
      credential: { privateKey: server.privateKey },
      hostKeys: [server.hostKey.fingerprint],
      allowedAddresses: ['127.0.0.1'],
      deadlineMs: 5_000,
      ...changes,
    });
    channels.push(channel);
    return channel;
  }

  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < content.length; from += 50_000) yield content.subarray(from, from + 50_000);
  }

  function run(changes: Partial<Delivery> = {}, channel = channelTo()): Promise<DeliveryResult> {
    const { onStep, ...others } = changes;
    return deliver(channel, {
      open: bytes,
      size: content.length,
      folder: 'in',
      finalName: 'day.txt',
      temporaryName: 'day.txt.tmp',
      reached,
      onStep: async (step) => {
        reached = step;
        await onStep?.(step);
      },
      ...others,
    });
  }

  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );
  /** Breaks something when a step is reached, which is before the next is begun. */
  const at =
    (when: DeliveryStep, break_: () => void) =>
    async (step: DeliveryStep): Promise<void> => {
      if (step === when) break_();
    };

  test('cut before, in the middle of and at the end of the upload: the next attempt leaves one whole file', async () => {
    let failed = 0;
    for (const afterBytes of [0, 1_000, 100_000, 300_000, 401_000]) {
      for (const name of inFolder()) rmSync(join(server.files, 'in', name));
      reached = null;
      const channel = channelTo();
      // Logged in, so that the bytes counted are those of the delivery.
      await channel.list('in');
      proxy.cutAt({ way: 'requests', afterBytes });
      const failure = await failureOf(run({}, channel));
      expect(proxy.waitsToCut).toBe(false);
      // What was cut when it was only asked is asked again by the channel itself.
      if (failure !== null) {
        expect(failure).toMatchObject({ kind: 'retry' });
        expect(inFolder()).not.toContain('day.txt');
        expect(await run({}, channel)).toEqual({ outcome: 'delivered' });
      }
      failed += failure === null ? 0 : 1;
      expectOneFile();
    }
    expect(failed).toBeGreaterThanOrEqual(3);
  });

  test('cut after the upload, before it is noted as verified: the same attempt uploads nothing again', async () => {
    const cut = at('uploaded', () => proxy.cutAt({ way: 'requests' }));
    // A rename that went nowhere is looked into and asked again over another connection.
    expect(await run({ onStep: cut })).toEqual({ outcome: 'delivered' });
    expectOneFile();
    expect(proxy.accepted).toBe(2);
  });

  test('the rename is asked, and neither it nor a reply arrives: it is asked again', async () => {
    const cut = at('verified', () => proxy.cutAt({ way: 'requests' }));
    expect(await run({ onStep: cut })).toEqual({ outcome: 'delivered' });
    expectOneFile();
  });

  test('the reply to the rename is lost: the final name says that it was delivered', async () => {
    let stood: string[] = [];
    const before = (): void => void (stood = inFolder());
    const cut = at('verified', () => proxy.cutAt({ way: 'replies', before }));
    expect(await run({ onStep: cut })).toEqual({ outcome: 'delivered' });
    expect(stood).toEqual(['day.txt']);
    expectOneFile();
  });

  test('the reply to the rename is lost and the file collected at once: presumed to be there, and not sent again', async () => {
    const before = (): void => rmSync(join(server.files, 'in/day.txt'));
    const cut = at('verified', () => proxy.cutAt({ way: 'replies', before }));
    expect(await run({ onStep: cut })).toEqual({ outcome: 'presumed-collected' });
    expect(inFolder()).toEqual([]);
    expect(await run()).toEqual({ outcome: 'presumed-collected' });
    expect(inFolder()).toEqual([]);
  });

  test('the rename goes into a connection that swallows everything: it is unknown, and looked into', async () => {
    const swallow = at('verified', () => proxy.swallowNow());
    expect(await run({ onStep: swallow }, channelTo({ deadlineMs: 1_500 }))).toEqual({ outcome: 'delivered' });
    expectOneFile();
    const channel = channelTo({ deadlineMs: 1_500 });
    await channel.list('in');
    proxy.swallows = true;
    expect(await failureOf(channel.rename('in/day.txt', 'in/other.txt'))).toMatchObject({ kind: 'unknown' });
  });

  test('eight uploads at once into connections that swallow everything all end by their deadline', async () => {
    const deadlineMs = 2_000;
    const channel = channelTo({ connections: 8, deadlineMs });
    let under = 0;
    async function* slowly(): AsyncGenerator<Uint8Array> {
      under++;
      for await (const piece of bytes()) {
        yield piece;
        while (under < 8) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      proxy.swallowNow();
      yield content;
    }
    const begun = performance.now();
    const ended: number[] = [];
    const uploads = Array.from({ length: 8 }, (_, i) =>
      failureOf(channel.upload(slowly, 'in', `${i}.tmp`)).finally(() => ended.push(performance.now())),
    );
    const failures = await Promise.all(uploads);
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ChannelError);
      expect(failure).toMatchObject({ kind: 'retry', step: 'upload', message: `no answer within ${deadlineMs} ms` });
    }
    expect(Math.max(...ended) - begun).toBeLessThan(deadlineMs + 8_000);
    // The channel is as good as new over new connections.
    expect(await run({}, channel)).toEqual({ outcome: 'delivered' });
  });

  test('eight uploads at once whose connections are reset all end at once', async () => {
    const channel = channelTo({ connections: 8, deadlineMs: 30_000 });
    let under = 0;
    async function* slowly(): AsyncGenerator<Uint8Array> {
      if (++under === 8) setTimeout(() => proxy.cutNow(), 50);
      yield content;
      // None may be done before all are under way, however long the logins take.
      while (under < 8) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 300));
      yield content;
    }
    const begun = performance.now();
    const uploads = Array.from({ length: 8 }, (_, i) => failureOf(channel.upload(slowly, 'in', `${i}.tmp`)));
    for (const failure of await Promise.all(uploads)) expect(failure).toMatchObject({ kind: 'retry', step: 'upload' });
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  test('many deliveries share few connections over a slow line', async () => {
    proxy.delayMs = 5;
    const channel = channelTo({ connections: 3, deadlineMs: 20_000 });
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        run({ finalName: `${i}.txt`, temporaryName: `${i}.txt.tmp`, reached: null }, channel),
      ),
    );
    expect(results.every(({ outcome }) => outcome === 'delivered')).toBe(true);
    expect(inFolder()).toHaveLength(10);
    expect(proxy.accepted).toBe(3);
  });
});
