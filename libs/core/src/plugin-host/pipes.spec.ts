import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DesireItem, EncodeItem } from './jobs.js';
import { PluginFailure } from './plugin-failure.js';
import { PluginHost } from './pool.js';

// These tests start the compiled child: build libs/core first.
const bad = fileURLToPath(new URL('./fixtures/misbehaving.mjs', import.meta.url));
const item = { debt: { debt: { number: '1' } }, decision: { outcome: 'allow', reasons: [] } } as unknown as DesireItem;

let host: PluginHost;
afterEach(() => host.close());

const open = (deadlineMs = 20_000): void => {
  host = new PluginHost({ maxProcesses: 1, deadlineMs, memoryLimitMb: 256, log: { warn: () => undefined } });
};
const desire = (does: string) => host.desire(bad, { does }, '2026-03-01', [item]);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof PluginFailure ? error.code : String(error)),
  );

/** Encodes changes 1 to `count`. */
async function encode(does: string, count: number): Promise<readonly { sequence: number }[]> {
  async function* changes(): AsyncGenerator<EncodeItem[]> {
    for (let sequence = 1; sequence <= count; sequence++) {
      yield [{ change: { sequence, content: 'x'.repeat(1_000) }, identifiers: {} } as unknown as EncodeItem];
    }
  }
  const of = { kind: 'list', date: '2026-03-01', fileName: 'f', fileSequence: 1 };
  const { bytes, done } = host.encode(bad, { does }, of, changes());
  for await (const part of bytes) void part;
  return (await done).setAside;
}

describe('the pipes between host and plugin', () => {
  it.each([
    ['answers before it is done', 'rubbish'],
    ['answers ahead', 'none'],
  ])('never give what is left of one job to the next, when a plugin %s', async (does, code) => {
    open();
    expect(await codeOf(desire(does))).toBe(code);
    // Depending on when it is seen, the next job gets its own answer, or fails and is tried again; never another answer.
    const next = await desire('prints').catch((error: unknown) => error);
    if (!(next instanceof PluginFailure)) expect(next).toMatchObject([[{ reference: '1' }]]);
    expect(await desire('prints')).toMatchObject([[{ reference: '1' }]]);
  });

  it('may be closed by a plugin that goes on, which is killed long before its deadline', async () => {
    open();
    expect(await codeOf(desire('closes the pipe to its host'))).toBe('rubbish');
  });

  it('may be left full by a plugin that has ended its job and goes on, until its deadline', async () => {
    open(3_000);
    expect(await codeOf(encode('ends and spins', 5_000))).toBe('deadline');
  });

  it('carry no character that a database does not keep, and every other', async () => {
    open();
    expect((await desire('says a NUL'))[0]).toMatchObject([
      { reference: 'a\ufffd\ufffdb', content: { '\ufffd': '\\u0000 \ud83d\ude00' } },
    ]);
  });

  it('carry lists of a million faults, of which one is named', async () => {
    open();
    const failure: unknown = await desire('wants millions').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'rubbish' });
    expect((failure as Error).message.length).toBeLessThan(1_000);
  });
});

describe('what an encoder sets aside', () => {
  it.each(['0', '4', '-1', '2.5'])('must be a change that it was given, and %s is not', async (number) => {
    open();
    expect(await codeOf(encode(`sets aside number ${number}`, 3))).toBe('rubbish');
  });

  it('is told when it was given', async () => {
    open();
    expect(await encode('sets aside number 3', 3)).toMatchObject([{ sequence: 3 }]);
  });
});
