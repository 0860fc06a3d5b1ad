import { fileURLToPath } from 'node:url';
import type { Change, DebtSnapshot, Decision, FileFault } from '@concord/plugin-sdk';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DesireItem, EncodeItem } from './jobs.js';
import { PluginFailure } from './plugin-failure.js';
import { PluginHost, type PluginHostOptions } from './pool.js';

// These tests start the compiled child: build libs/core first.
const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.mjs`, import.meta.url));
const good = fixture('well-behaved');
const bad = fixture('misbehaving');
const settings = { prefix: 'day' };
const allow: Decision = { outcome: 'allow', reasons: [] };

const debtOf = (number: number): DebtSnapshot =>
  ({
    caseId: `c${number}`,
    debt: { id: `d${number}`, number: String(number) },
    parties: [{ surname: 'Doe', identifiers: { ssn: { identifier: `i${number}` } } }],
    ledger: { balanceMinor: number * 100 },
  }) as unknown as DebtSnapshot;
const batchOf = (count: number, decision = allow): DesireItem[] =>
  Array.from({ length: count }, (_, i) => ({ debt: debtOf(i + 1), decision }));
const itemOf = (sequence: number, amountMinor = 5): EncodeItem => {
  const content = { ssn: { identifier: `i${sequence}` } };
  const change: Change = {
    sequence,
    key: '',
    reference: `r${sequence}`,
    state: 'active',
    amountMinor,
    content,
    previous: null,
    entry: null,
  };
  return { change, identifiers: { [`i${sequence}`]: `v${sequence}` } };
};
async function* each<T>(...values: T[]): AsyncGenerator<T> {
  yield* values;
}
const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const value of source) collected.push(value);
  return collected;
};
const failureOf = async (work: Promise<unknown>): Promise<PluginFailure> => {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PluginFailure)) throw error;
  return error;
};

let logged: { fields: object; message: string }[];
let host: PluginHost;
const start = (changes: Partial<PluginHostOptions> = {}): void => {
  host?.close();
  const log = { warn: (fields: object, message: string) => void logged.push({ fields, message }) };
  host = new PluginHost({ maxProcesses: 2, deadlineMs: 20_000, memoryLimitMb: 256, log, ...changes });
};
beforeEach(() => {
  logged = [];
  start();
});
afterEach(() => host.close());

describe('PluginHost', () => {
  it('describes a plugin without its code', async () => {
    const description = await host.describe(good);
    expect(description).toMatchObject({
      id: 'well-behaved',
      contractOk: true,
      act: 'report',
      update: 'replace',
      states: ['active', 'closed'],
    });
    expect(description.outboundKinds).toMatchObject([{ kind: 'list', title: 'List' }]);
    expect(description.settingsSchema).toMatchObject({ type: 'object', required: ['prefix'] });
    expect(description.example).toEqual({ prefix: 'day' });
    expect((await host.describe(bad)).contractOk).toBe(false);
  });

  it('checks settings, with the place of each fault', async () => {
    expect(await host.checkSettings(good, settings)).toEqual({
      ok: true,
      confirm: 'answer',
      cautions: [],
      inbound: [{ kind: 'answers', match: 'day*.rsp', listsAll: false }],
      emptyKinds: [],
    });
    const check = await host.checkSettings(good, { prefix: '', columns: [{ width: 1 }, { width: 'x' }] });
    expect(check.ok ? [] : check.faults.map(({ path }) => path)).toEqual(['prefix', 'columns[1].width']);
    expect((await failureOf(host.fileName(good, {}, 'list', { date: '2026-01-01', fileSequence: 1 }))).code).toBe(
      'threw',
    );
  });

  it('computes what is desired, in the order asked', async () => {
    const desired = await host.desire(good, settings, '2026-03-01', batchOf(1_001));
    expect(desired).toHaveLength(1_001);
    expect(desired[1_000]).toEqual([
      {
        key: '',
        state: 'active',
        reference: '1001',
        amountMinor: 100_100,
        content: { surname: 'Doe', asOf: '2026-03-01', ssn: { identifier: 'i1001' } },
      },
    ]);
    expect(await host.desire(good, settings, '2026-03-01', batchOf(2, { outcome: 'withdraw', reasons: [] }))).toEqual([
      [],
      [],
    ]);
    expect(await host.desire(good, settings, '2026-03-01', [])).toEqual([]);
  });

  it('encodes with identifiers, and tells what was set aside', async () => {
    expect(await host.fileName(good, settings, 'list', { date: '2026-03-01', fileSequence: 7 })).toBe(
      'day-2026-03-01-7.txt',
    );
    const of = { kind: 'list', date: '2026-03-01', fileName: 'f', fileSequence: 7 };
    const { bytes, done } = host.encode(good, settings, of, each([itemOf(1), itemOf(2, 0)], [itemOf(3)]));
    expect(Buffer.concat(await collect(bytes)).toString()).toBe('r1|5|v1\nr3|5|v3\n');
    expect((await done).setAside).toMatchObject([{ sequence: 2, fault: { file: 'f', rule: 'required' } }]);
  });

  it('decodes a file cut anywhere into the same findings', async () => {
    const file = Buffer.from('a|ok\nb|no\nc|ok\n');
    for (const size of [1, 4, 100]) {
      const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, i) =>
        file.subarray(i * size, (i + 1) * size),
      );
      const found = (await collect(host.decode(good, settings, 'answers', 'x.rsp', each(...pieces)))).flat();
      expect(found).toMatchObject([
        { kind: 'accepted', reference: 'a', naturalKey: 'x.rsp:1' },
        { fault: { record: 2, rule: 'code-list' } },
        { kind: 'accepted', reference: 'c' },
      ]);
    }
  });

  it('converts between a format and JSON lines, naming the line of a fault', async () => {
    const of = { direction: 'outbound', kind: 'list', file: 'f', date: '2026-03-01' } as const;
    const decoded = await collect(host.formatDecode(good, settings, of, each(Buffer.from('a|1\nbroken\nc|3'))));
    expect(Buffer.concat(decoded.flatMap(({ lines }) => lines ?? [])).toString()).toBe(
      '{"reference":"a","amount":"1"}\n{"reference":"c","amount":"3"}\n',
    );
    expect(decoded.flatMap(({ faults }) => faults ?? []).map(({ record }: FileFault) => record)).toEqual([2]);

    const lines = [
      '{"reference":"a","amount":1}',
      'no json',
      '',
      '{"amount":2}',
      '[]',
      '{"reference":"b","amount":3}',
    ].join('\n');
    const encoded = await collect(
      host.formatEncode(good, settings, of, each(Buffer.from(lines.slice(0, 40)), Buffer.from(lines.slice(40)))),
    );
    expect(Buffer.concat(encoded.flatMap(({ bytes }) => bytes ?? [])).toString()).toBe('a|1\nb|3\n');
    const faults = encoded.flatMap((part) => part.faults ?? []).map(({ line, fault }) => [line, fault.rule]);
    expect(faults.sort()).toEqual([
      [2, 'json'],
      [4, 'required'],
      [5, 'json'],
    ]);
  });

  it('gives the plugin none of our environment', async () => {
    process.env['DATABASE_URL'] = 'postgres://secret';
    try {
      const [positions] = await host.desire(bad, { does: 'shows its environment' }, '2026-03-01', batchOf(1));
      expect(Object.keys(positions![0]!.content).sort()).toEqual(['PATH', 'TZ']);
    } finally {
      delete process.env['DATABASE_URL'];
    }
  });

  it('serves more jobs at once than it has processes', async () => {
    const jobs = Array.from({ length: 6 }, (_, i) => (i % 2 ? host.describe(good) : host.describe(bad)));
    expect((await Promise.all(jobs)).map(({ id }) => id)).toEqual(
      Array.from({ length: 6 }, (_, i) => (i % 2 ? 'well-behaved' : 'misbehaving')),
    );
  });

  it('replaces a process after its number of jobs', async () => {
    start({ jobsPerProcess: 1, maxProcesses: 1 });
    for (let i = 0; i < 3; i++) expect((await host.describe(good)).id).toBe('well-behaved');
  });

  it('can be left early, and serves the next job', async () => {
    start({ maxProcesses: 1 });
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.from('a|ok\n'.repeat(1_000));
    }
    for await (const batch of host.decode(good, settings, 'answers', 'x', endless())) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect((await host.describe(good)).id).toBe('well-behaved');
  });

  it('passes on what goes wrong in its own input', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a|ok\n');
      throw new RangeError('archive broke');
    }
    await expect(collect(host.decode(good, settings, 'answers', 'x', broken()))).rejects.toThrow(RangeError);
    expect((await host.describe(good)).id).toBe('well-behaved');
  });

  it('does not count its own slowness against the plugin', async () => {
    start({ deadlineMs: 2_000 });
    await host.describe(good);
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 2; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        yield Buffer.from('a|ok\n'.repeat(20_000));
      }
    }
    let found = 0;
    for await (const batch of host.decode(good, settings, 'answers', 'x', slow())) {
      if (found % 20_000 === 0) await new Promise((resolve) => setTimeout(resolve, 3_000));
      found += batch.length;
    }
    expect(found).toBe(40_000);
  });
});

describe('PluginHost contains a plugin that', () => {
  const desire = (does: string, count = 4): Promise<PluginFailure> =>
    failureOf(host.desire(bad, { does }, '2026-03-01', batchOf(count)));
  afterEach(async () => {
    expect((await host.describe(good)).id).toBe('well-behaved');
  });

  it('throws, telling which debt and not the number it quoted', async () => {
    const failure = await desire('throws');
    expect(failure).toMatchObject({ code: 'threw', item: 2 });
    expect(failure.message).toContain('###-##-####');
  });

  it('spins for ever', async () => {
    start({ deadlineMs: 4_000 });
    expect((await desire('spins for ever')).code).toBe('deadline');
  });

  it.each(['takes buffers', 'takes heap'])('%s without end', async (does) => {
    start({ deadlineMs: 10_000, memoryLimitMb: 160 });
    expect((await desire(does)).code).toBe('memory');
  });

  it('exits', async () => {
    const failure = await desire('exits');
    expect(failure.code).toBe('crashed');
    expect(failure.message).toContain('exit code 3');
  });

  it.each(['starts a process', 'writes a file', 'ends its host'])('%s, which it may not', async (does) => {
    expect((await desire(does)).code).toBe('threw');
  });

  it('prints to standard output, which is logged within bounds and masked', async () => {
    expect(await host.desire(bad, { does: 'prints' }, '2026-03-01', batchOf(4))).toHaveLength(4);
    const text = JSON.stringify(logged);
    expect(text).toContain('not');
    expect(text).not.toContain('123456789');
    expect(text.length).toBeLessThan(30_000);
  });

  it('writes to the pipe of its host', async () => {
    expect((await desire('writes to the pipe of its host')).code).toBe('rubbish');
  });

  it.each([
    'returns a promise',
    'returns nothing',
    'returns a fraction of a cent',
    'returns an unknown state',
    'returns one key twice',
  ])('%s', async (does) => {
    expect((await desire(does)).code).toBe('rubbish');
  });

  it.each(['../up', 'a/b', 'a\nb', '', 'x'.repeat(256)])('names a file %j', async (does) => {
    expect((await failureOf(host.fileName(bad, { does }, 'list', { date: '2026-03-01', fileSequence: 1 }))).code).toBe(
      'rubbish',
    );
  });

  it('returns money as text', async () => {
    expect((await failureOf(collect(host.decode(bad, { does: '' }, 'answers', 'x', each())))).code).toBe('rubbish');
  });

  it.each([
    ['yields for ever', 'rubbish'],
    ['never reads', 'deadline'],
    ['yields text', 'threw'],
    ['sets aside for ever', 'rubbish'],
  ])('%s while it encodes', async (does, code) => {
    start({ deadlineMs: 5_000, jobMs: 6_000 });
    await host.describe(bad);
    async function* many(): AsyncGenerator<EncodeItem[]> {
      for (let i = 0; i < 200; i++) yield Array.from({ length: 100 }, (_, n) => itemOf(i * 100 + n + 1));
    }
    const encoding = host.encode(
      bad,
      { does },
      { kind: 'list', date: '2026-03-01', fileName: 'f', fileSequence: 1 },
      many(),
    );
    const drain = async (): Promise<void> => {
      for await (const part of encoding.bytes) void part;
    };
    expect((await failureOf(drain())).code).toBe(code);
    expect((await failureOf(encoding.done)).code).toBe(code);
  });

  it.each(['not-a-plugin', 'missing'])('is not one: %s', async (name) => {
    expect((await failureOf(host.describe(fixture(name)))).code).toBe('threw');
    expect((await failureOf(host.describe('data:text/javascript,1'))).code).toBe('threw');
  });
});
