import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { InboundFile, OutboundFile, PluginDefinition, PositionDefinition } from '../contract/plugin.js';
import type { Change, DesiredPosition } from '../contract/position.js';
import type { Finding } from '../contract/finding.js';
import { checkPlugin } from './check-plugin.js';
import { describePlugin } from './describe-plugin.js';
import {
  balanceFormat,
  makeSoundPlugin,
  uncountedFormat,
  type OfficeSettings,
  type SoundPlugin,
} from './fixtures/sound-plugin.js';
import type { PluginSamples } from './samples.js';

type Sample = PluginDefinition<OfficeSettings>;
type Desire = PositionDefinition<OfficeSettings>['desire'];

let made: SoundPlugin;
beforeAll(async () => {
  made = await makeSoundPlugin();
});
afterAll(() => made.remove());

/** Runs the kit, and names the checks that fail. */
async function failures(plugin: Sample, samples: PluginSamples = made.samples): Promise<string[]> {
  const failed: string[] = [];
  let passed = 0;
  for await (const { check, result } of checkPlugin(plugin, samples)) {
    if (result === 'failed') failed.push(check);
    else passed += 1;
  }
  expect(passed).toBeGreaterThan(15);
  return failed;
}

const withOutbound = (
  change: (outbound: OutboundFile<OfficeSettings>) => Partial<OutboundFile<OfficeSettings>>,
): Sample => {
  const [outbound] = made.plugin.outbound;
  return { ...made.plugin, outbound: [{ ...outbound!, ...change(outbound!) }] };
};
const withInbound = (
  change: (inbound: InboundFile<OfficeSettings>) => Partial<InboundFile<OfficeSettings>>,
): Sample => {
  const [inbound] = made.plugin.inbound;
  return { ...made.plugin, inbound: [{ ...inbound!, ...change(inbound!) }] };
};
const withDesire = (desire: (sound: Desire) => Desire): Sample => {
  const position = made.plugin.position!;
  return { ...made.plugin, position: { ...position, desire: desire(position.desire) } };
};
/** Looks at something from outside whenever a file is encoded. */
const looking = (look: () => unknown): Sample =>
  withOutbound(({ encode }) => ({
    encode: (changes, context) => {
      look();
      return encode(changes, context);
    },
  }));
/** Says something else in place of what the plugin finds. */
const finding = (say: (found: Finding) => unknown): Sample =>
  withInbound(({ decode }) => ({
    async *decode(bytes, context) {
      for await (const item of decode(bytes, context)) yield 'fault' in item ? item : (say(item) as Finding);
    },
  }));

const EFFECTS = 'takes no effect from outside its context';
const KEPT = 'keeps in positions what may be kept: a debt';
const EACH_STOP = 'no stop opens a position or makes one more adverse: a debt';
const MORE_STOPS = 'nor does one stop more, whatever stands already: a debt';
const SAYS = 'says in the vocabulary what it finds in payments.txt, each thing under a key of its own';

describe('the conformance kit', () => {
  test('passes a sound plugin', async () => {
    expect(await failures(made.plugin)).toEqual([]);
  });

  test('registers its tests with a framework that has no expect', async () => {
    const bodies: (() => void | Promise<void>)[] = [];
    const framework = {
      describe: (_name: string, body: () => void) => body(),
      test: (_name: string, body: () => void | Promise<void>) => bodies.push(body),
    };
    describePlugin(made.plugin, made.samples, framework);
    expect(bodies.length).toBeGreaterThan(40);
    for (const body of bodies) await body();
  });
});

describe('the conformance kit on settings', () => {
  const settings = (schema: z.ZodType<OfficeSettings>): Sample => ({ ...made.plugin, settings: schema });

  test('sees settings that would be taken though they are wrong', async () => {
    expect(await failures(settings(z.strictObject({ office: z.string() })))).toEqual(['refuses settings: no office']);
    expect(await failures(settings(z.object({ office: z.string().min(1) })))).toEqual([
      'refuses a setting that it does not know',
    ]);
  });

  test('sees settings of which no form can be made', async () => {
    const opaque = z.custom<OfficeSettings>(
      (value) => z.strictObject({ office: z.string().min(1) }).safeParse(value).success,
    );
    expect(await failures(settings(opaque))).toEqual(['describes its settings as JSON Schema']);
  });

  test('sees cautions that say nothing', async () => {
    const cautious = { ...made.plugin, cautions: () => [{ code: 'made-up', message: '', loopbackOnly: true }] };
    expect(await failures(cautious)).toEqual(['says in words what an office must know']);
  });

  test('sees a contract that is not this one, and an id that could not be kept', async () => {
    const named = 'names itself and the contract that it was written for';
    expect(await failures({ ...made.plugin, requires: '^9' })).toEqual([named]);
    expect(await failures({ ...made.plugin, id: 'Sound plugin' })).toEqual([named]);
  });
});

describe('the conformance kit on effects', () => {
  test.each<[string, () => unknown]>([
    ['the clock', () => Date.now()],
    ['the date', () => new Date()],
    ['chance', () => Math.random()],
    ['the environment', () => process.env['HOME']],
    ["the machine's time zone", () => new Date(0).getHours()],
    ["the machine's language", () => 'a'.localeCompare('b')],
    ['a timer', () => clearTimeout(setTimeout(() => undefined, 1))],
    ['the working folder', () => process.cwd()],
    ['what is printed', () => process.stdout.write('')],
    ['a file', () => process.getBuiltinModule('node:fs').existsSync('/')],
    ['a process', () => process.getBuiltinModule('node:child_process').spawnSync('true')],
    [
      'the network',
      () =>
        process
          .getBuiltinModule('node:net')
          .connect({ port: 1, host: '127.0.0.1' })
          .on('error', () => undefined)
          .destroy(),
    ],
    ['the processor', () => process.getBuiltinModule('node:os').hostname()],
  ])('sees a plugin that looks at %s', async (_what, look) => {
    expect(await failures(looking(look))).toEqual([EFFECTS]);
  });

  test('sees a plugin that changes what everybody uses', async () => {
    const shared = Array.prototype as unknown as Record<string, unknown>;
    let times = 0;
    const changing = looking(() => (shared[`added${(times += 1)}`] = 1));
    try {
      expect(await failures(changing)).toContain(EFFECTS);
    } finally {
      for (; times > 0; times -= 1) delete shared[`added${times}`];
    }
  });

  test('sees a plugin that writes something else each time', async () => {
    let times = 0;
    const plugin = withOutbound(({ encode }) => ({
      async *encode(changes, context) {
        times += 1;
        yield* encode(changes, { ...context, date: `2026-11-${String(1 + (times % 20)).padStart(2, '0')}` });
      },
    }));
    expect(await failures(plugin)).toContain('writes the same bytes twice');
  });

  test('sees a file that depends on how fast its changes come', async () => {
    const plugin = withOutbound(({ encode }) => ({
      async *encode(changes, context) {
        let turns = 0;
        const count = async (): Promise<void> => {
          for (; turns < 1_000; turns += 1) await Promise.resolve();
        };
        const counting = count();
        const all: Change[] = [];
        for await (const change of changes) all.push(change);
        const slow = turns >= 1_000;
        await counting;
        async function* again() {
          yield* slow ? all.toReversed() : all;
        }
        yield* encode(again(), context);
      },
    }));
    expect(await failures(plugin)).toEqual(['writes the same bytes however its input arrives, and in every time zone']);
  });
});

describe('the conformance kit on files', () => {
  test('sees a reader that believes any total', async () => {
    const failed = await failures(withOutbound(() => ({ format: () => uncountedFormat })));
    expect(failed).toContain('refuses a file with a changed total');
  });

  test('sees a reader that throws', async () => {
    const plugin = withOutbound(() => ({
      format: () => ({
        ...balanceFormat,
        async *decode(bytes, context) {
          for await (const item of balanceFormat.decode(bytes, context)) {
            if (item.fault !== undefined) throw new Error(item.fault.message);
            yield item;
          }
        },
      }),
    }));
    const failed = await failures(plugin);
    expect(failed).toContain('refuses a file that was cut');
    expect(failed).toContain('reads a file that was damaged without falling over');
  });

  test('sees a reader that keeps a whole file in memory', async () => {
    const plugin = withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        const all: Uint8Array[] = [];
        for await (const chunk of bytes) all.push(chunk);
        async function* again() {
          yield* all;
        }
        yield* decode(again(), context);
      },
    }));
    expect(await failures(plugin)).toEqual(['refuses payments.txt that never ends, and keeps little of it']);
  });

  test('sees a reader that says what it found before a cut without refusing the file', async () => {
    const plugin = withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        for await (const item of decode(bytes, context)) if (!('fault' in item)) yield item;
      },
    }));
    const failed = await failures(plugin);
    expect(failed).toEqual([
      'refuses payments.txt with a changed total',
      'refuses payments.txt that was cut',
      'refuses hostile variants of payments.txt',
      'refuses payments.txt that never ends, and keeps little of it',
    ]);
  });

  test('sees a fault that does not say where, and one that shows an identifier', async () => {
    const faulty = (value: string, record: number | null): Sample =>
      withInbound(({ decode }) => ({
        async *decode(bytes, context) {
          for await (const item of decode(bytes, context)) {
            yield 'fault' in item ? { fault: { ...item.fault, value, record } } : item;
          }
        },
      }));
    const damaged = 'reads payments.txt that was damaged without falling over';
    expect(await failures(faulty('x', null))).toContain(damaged);
    expect(await failures(faulty('212-34-5678', 1))).toContain(damaged);
    expect(await failures(faulty('x', 1))).toEqual([]);
  });

  test('sees a writer that a name can make write another record', async () => {
    const injecting = withOutbound(() => ({
      format: () => ({
        ...balanceFormat,
        async *encode(records, context, onFault) {
          const all = [];
          for await (const record of records as AsyncIterable<{ name?: unknown }>) {
            all.push(record);
            if (typeof record.name === 'string' && record.name.includes('\n')) all.push({ ...record, name: 'more' });
          }
          yield* balanceFormat.encode(all, context, onFault);
        },
      }),
    }));
    expect(await failures(injecting)).toEqual(['writes hostile records as one record each, or not at all']);
  });

  test('sees names that repeat, are no names, or come back as answers', async () => {
    expect(await failures(withOutbound(() => ({ name: () => 'same.txt' })))).toEqual([
      'names files apart, without blanks',
    ]);
    expect(await failures(withOutbound(() => ({ name: ({ fileSequence }) => `../${fileSequence}` })))).toEqual([
      'names files apart, without blanks',
    ]);
    expect(await failures(withInbound(() => ({ match: () => '*.txt' })))).toEqual([
      "never takes its own files for the partner's",
    ]);
  });

  test('sees a state that no file tells, and one that two files tell', async () => {
    const silent = withOutbound(() => ({ carries: { states: ['active'], entries: false } }));
    expect(await failures(silent)).toEqual(['tells each state in one kind of file']);
    const [balances] = made.plugin.outbound;
    const again = { ...balances!, kind: 'again', name: () => 'again' };
    const outbound = { ...made.samples.outbound, again: made.samples.outbound['balances']! };
    const failed = await failures({ ...made.plugin, outbound: [balances!, again] }, { ...made.samples, outbound });
    expect(failed).toContain('tells each state in one kind of file');
  });

  test('sees a sample that the hub would never put in that file', async () => {
    const closing = { carries: { states: ['closed', 'absent'], entries: false } } as const;
    expect(await failures(withOutbound(() => closing))).toContain('puts in its sample what files of this kind carry');
  });

  test('sees ledger entries that nobody could tell apart', async () => {
    const plugin = withOutbound(() => ({ carries: { states: ['active', 'closed', 'absent'], entries: true } }));
    const entry = {
      id: '5f0c7d1e-6a39-4c7e-9a55-000000000001',
      kind: 'payment',
      amountMinor: 100,
      effectMinor: -100,
      effectiveOn: '2026-11-20',
    } as const;
    const told = made.samples.outbound['balances'] as { changes: Change[]; golden: string; totals: [] };
    const changes = told.changes.map((change) => ({ ...change, entry }));
    const samples = { ...made.samples, outbound: { balances: { ...told, changes } } };
    const delta = { ...plugin, position: { ...plugin.position!, update: 'delta' as const } };
    expect(await failures(delta, samples)).toEqual(['tells each ledger entry as one of its own']);
    expect(await failures({ ...delta, position: plugin.position! }, samples)).toEqual([
      'tells ledger entries in one kind of file, or in none',
      'tells each ledger entry as one of its own',
    ]);
  });
});

describe('the conformance kit on findings', () => {
  test('sees words that are not of the vocabulary', async () => {
    expect(await failures(finding((found) => ({ ...found, kind: 'payed' })))).toContain(SAYS);
    expect(await failures(finding((found) => ({ ...found, amountMinor: 0.5 })))).toContain(SAYS);
    expect(await failures(finding((found) => ({ ...found, paidOn: '2026-02-30' })))).toContain(SAYS);
    expect(await failures(finding((found) => ({ ...found, said: 1 })))).toContain(SAYS);
  });

  test('sees an identifier in a finding', async () => {
    expect(await failures(finding((found) => ({ ...found, reference: '212-34-5678' })))).toContain(SAYS);
  });

  test('sees keys that repeat, unless the partner repeats itself', async () => {
    const plugin = finding((found) => ({ ...found, naturalKey: 'one' }));
    const [sample] = made.samples.inbound['payments']!;
    const findings = sample!.findings.map((found) => ({ ...found, naturalKey: 'one' }));
    const samples = { ...made.samples, inbound: { payments: [{ ...sample!, findings }] } };
    expect(await failures(plugin, samples)).toEqual([SAYS]);
    const declared = { ...made.samples, inbound: { payments: [{ ...sample!, findings, repeats: ['one'] }] } };
    expect(await failures(plugin, declared)).toEqual([]);
  });

  test('sees money that would post again under another file name', async () => {
    const plugin = withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        for await (const item of decode(bytes, context)) {
          const suffix = context.fileName === 'another-name.txt' ? ':again' : '';
          yield 'fault' in item ? item : { ...item, naturalKey: `${item.naturalKey}${suffix}` };
        }
      },
    }));
    expect(await failures(plugin)).toEqual([
      'knows the money in payments.txt again when it is sent under another name',
    ]);
  });
});

describe('the conformance kit on positions', () => {
  const wanting = (change: (wanted: DesiredPosition) => object): Sample =>
    withDesire((sound) => (debt, context) => sound(debt, context).map((wanted) => ({ ...wanted, ...change(wanted) })));

  test('sees a plugin that keeps a position under a stop that withdraws it', async () => {
    expect(await failures(wanting(() => ({ state: 'active', amountMinor: 1 })))).toEqual([EACH_STOP, MORE_STOPS]);
  });

  test('sees a plugin that asks for more under a stop', async () => {
    const plugin = withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({ ...wanted, amountMinor: wanted.amountMinor + debt.stops.length })),
    );
    expect(await failures(plugin)).toEqual([EACH_STOP, MORE_STOPS]);
  });

  test('sees a plugin that only a second stop makes ask for more', async () => {
    const plugin = withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({
          ...wanted,
          amountMinor: wanted.amountMinor + (debt.stops.length === 2 ? 1 : 0),
        })),
    );
    expect(await failures(plugin)).toEqual([MORE_STOPS]);
  });

  test('sees what may not be kept', async () => {
    expect(await failures(wanting(() => ({ content: { number: '212345678' } })))).toEqual([KEPT]);
    expect(await failures(wanting(() => ({ content: { number: '212-34-5678' } })))).toEqual([KEPT]);
    expect(await failures(wanting(() => ({ content: { when: new Date(0) } })))).toEqual([KEPT]);
    expect(await failures(wanting(() => ({ content: { note: 'x'.repeat(20_000) } })))).toEqual([KEPT]);
    expect(await failures(wanting(() => ({ amountMinor: 0.5 })))).toContain(KEPT);
  });

  test('sees a plugin that changes what it is given', async () => {
    const plugin = withDesire((sound) => (debt, context) => {
      (debt.stops as unknown[]).sort();
      return sound(debt, context);
    });
    expect(await failures(plugin)).toContain('changes nothing that it is given: a debt');
  });

  test('sees a plugin that remembers', async () => {
    let times = 0;
    expect(await failures(wanting(() => ({ content: { times: (times += 1) } })))).toContain(
      'wants the same thing twice, in states that it declares: a debt',
    );
  });

  test('sees a plugin that believes whoever is named first', async () => {
    const plugin = withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({ ...wanted, content: { first: debt.stops[0]?.kind ?? '' } })),
    );
    expect(await failures(plugin)).toEqual(['does not care in which order it is told: a debt']);
  });

  test('sees a plugin that a name throws', async () => {
    const plugin = withDesire((sound) => (debt, context) => {
      if (debt.parties[0]?.surname.includes('\n')) throw new Error('no name');
      return sound(debt, context);
    });
    expect(await failures(plugin)).toEqual(['writes whatever a case holds, or sets it aside']);
  });
});

describe('what is left out', () => {
  const wrong = (): PluginSamples => ({
    ...made.samples,
    outbound: { balances: { ...(made.samples.outbound['balances'] as object), golden: 'missing.txt' } as never },
  });

  test('is left out for a reason', async () => {
    expect(await failures(made.plugin, wrong())).toEqual(['writes the bytes of missing.txt']);
    const skip = { golden: 'the partner has no sample yet' } as const;
    expect(await failures(made.plugin, { ...wrong(), skip })).toEqual([]);
  });

  test('fails without a reason, whatever the types were told', async () => {
    for (const reason of [' ', '   ', 'later', '- - -']) {
      const skip = { golden: reason } as never;
      expect(await failures(made.plugin, { ...wrong(), skip })).toEqual([
        'writes the bytes of missing.txt',
        'leaves checks out for reasons only',
      ]);
    }
    // @ts-expect-error a single word is no reason
    const skip: PluginSamples['skip'] = { golden: 'later' };
    expect(skip).toBeDefined();
  });

  test('is nothing that protects a debtor or the hub', async () => {
    const skip = { always: 'because it is easier' } as never;
    expect(await failures(made.plugin, { ...made.samples, skip })).toEqual(['leaves checks out for reasons only']);
  });

  test('may be left out for one file alone, and is listed at the end', async () => {
    const balances = made.samples.outbound['balances'] as object;
    const skip = { golden: 'the partner has no sample yet' } as const;
    const samples = { ...made.samples, outbound: { balances: { ...balances, golden: 'missing.txt', skip } as never } };
    const names: string[] = [];
    const framework = {
      describe: (_name: string, body: () => void) => body(),
      test: (name: string) => names.push(name),
    };
    describePlugin(made.plugin, samples, framework);
    expect(names.at(-1)).toBe('outbound balances: writes the bytes of missing.txt: the partner has no sample yet');
  });
});
