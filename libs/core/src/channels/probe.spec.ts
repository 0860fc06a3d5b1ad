import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { probeChannel, type ProbeSettings, type ProbeStep } from './probe.js';
import { InMemorySftpServer } from './testing/in-memory-sftp-server.js';

let server: InMemorySftpServer;
beforeEach(async () => {
  server = await InMemorySftpServer.start();
});
afterEach(async () => {
  await server.stop();
});

const probe = async (changes: Partial<ProbeSettings> = {}): Promise<ProbeStep[]> => {
  const steps: ProbeStep[] = [];
  for await (const step of probeChannel({
    host: '127.0.0.1',
    port: server.port,
    username: 'office',
    credential: { password: 'secret' },
    hostKeys: [server.fingerprint],
    allowedAddresses: ['127.0.0.1'],
    deadlineMs: 1_000,
    sendTo: 'in',
    collectFrom: 'out',
    ...changes,
  }))
    steps.push(step);
  return steps;
};
/** The steps that went well, and the reason of the one that did not. */
const course = (steps: ProbeStep[]): [string, string | undefined] => [
  steps.map(({ step, ok }) => (ok ? step : `${step}!`)).join(' '),
  steps.find(({ ok }) => !ok)?.detail,
];
const unpinned = `SHA256:${'A'.repeat(43)}`;

describe('probeChannel', () => {
  it('tries each step and leaves nothing behind', async () => {
    server.files.set('out/answer.rsp', Buffer.from('12345'));
    const steps = await probe();
    expect(course(steps)).toEqual(['name port host-key login list list write remove', undefined]);
    expect(steps[2]!.detail).toBe(`${server.fingerprint} is pinned`);
    expect(steps[5]!.detail).toBe('out holds 1 files');
    expect(steps.every(({ ms }) => ms >= 0)).toBe(true);
    expect([...server.files.keys()]).toEqual(['out/answer.rsp']);
    expect(JSON.stringify(steps)).not.toContain('secret');
  });

  it('lists a folder once that is used for both', async () => {
    expect(course(await probe({ collectFrom: 'in' }))[0]).toBe('name port host-key login list write remove');
  });

  it('ends with the first step that fails, and says why', async () => {
    const nameless = async (): Promise<never> => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    expect(course(await probe({ host: 'partner.example', resolve: nameless }))).toEqual([
      'name!',
      "the name partner.example can't be resolved: ENOTFOUND",
    ]);
    expect(course(await probe({ allowedAddresses: undefined }))).toEqual([
      'name!',
      '127.0.0.1 is loopback, and not listed as allowed',
    ]);
    expect(course(await probe({ port: 1 }))).toEqual(['name port!', 'ECONNREFUSED']);
    expect(course(await probe({ hostKeys: [unpinned] }))).toEqual([
      'name port host-key!',
      `the server's host key ${server.fingerprint} is not pinned`,
    ]);
    expect(course(await probe({ algorithms: { kex: ['diffie-hellman-group1-sha1'] } }))[0]).toBe('name port host-key!');
    expect(course(await probe({ credential: { password: 'wrong' } }))).toEqual([
      'name port host-key login!',
      'the partner refused our credentials',
    ]);
    for (const [operation, expected] of [
      ['READDIR', 'name port host-key login list!'],
      ['WRITE', 'name port host-key login list list write!'],
      ['REMOVE', 'name port host-key login list list write remove!'],
    ] as const) {
      server.misbehave = (asked) => (asked === operation ? 'deny' : null);
      expect(course(await probe())).toEqual([expected, expect.stringContaining('the partner answered')]);
    }
  });
});
