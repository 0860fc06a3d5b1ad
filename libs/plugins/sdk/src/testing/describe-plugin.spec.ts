import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { fileFormat } from '../codec/file-format.js';
import type { FileLayout } from '../codec/layout.js';
import { definePlugin, type PluginDefinition } from '../contract/plugin.js';
import type { Change } from '../contract/position.js';
import type { DebtSnapshot } from '../contract/snapshot.js';
import { describePlugin } from './describe-plugin.js';
import type { PluginSamples } from './samples.js';

interface Settings {
  readonly office: string;
}

const layout = (total: boolean): FileLayout => ({
  name: 'balances',
  characterSet: 'ascii',
  delimiter: 'lf',
  maxRecordLength: 20,
  header: {
    name: 'header',
    length: 9,
    recognise: { start: 1, value: 'H' },
    fields: [
      { name: 'Type', start: 1, length: 1, type: 'constant', value: 'H' },
      { name: 'Date', start: 2, length: 8, type: 'date', pattern: 'CCYYMMDD', required: true },
    ],
  },
  records: [
    {
      name: 'balance',
      length: 20,
      recognise: { start: 1, value: 'B' },
      fields: [
        { name: 'Type', start: 1, length: 1, type: 'constant', value: 'B' },
        { name: 'Debt', start: 2, length: 10, type: 'digits', required: true },
        { name: 'Amount', start: 12, length: 9, type: 'money', decimals: 2 },
      ],
    },
  ],
  trailer: {
    name: 'trailer',
    length: 10,
    recognise: { start: 1, value: 'T' },
    fields: [
      { name: 'Type', start: 1, length: 1, type: 'constant', value: 'T' },
      {
        name: 'Sum',
        start: 2,
        length: 9,
        type: 'money',
        decimals: 2,
        ...(total ? { total: { count: 'sum', places: ['balance.amount'] } } : {}),
      },
    ],
  },
});

const format = fileFormat(layout(true), { header: ({ date }) => ({ date }) });
const uncounted = fileFormat(layout(false), { header: ({ date }) => ({ date }), trailer: () => ({ sum: 300 }) });

let folder = '';
let example = new URL('file:///');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-kit-'));
  example = pathToFileURL(join(folder, 'settings.yaml'));
  await writeFile(example, 'office: Springfield\n');
  await writeFile(join(folder, 'balances.txt'), 'H20261121\nB0000000001000000100\nB0000000002000000200\nT000000300\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function sound(): PluginDefinition<Settings> {
  return definePlugin<Settings>({
    id: 'sound',
    family: 'sample',
    title: 'Sample',
    requires: '^1',
    settings: z.strictObject({ office: z.string().min(1) }),
    example,
    position: {
      per: 'debt',
      act: 'place',
      update: 'replace',
      confirm: () => 'delivery',
      states: ['active', 'closed'],
      desire: (debt, { decision }) => {
        const open = debt.referral !== null && (decision.outcome === 'allow' || decision.outcome === 'block');
        const amountMinor = open ? debt.ledger.balanceMinor : 0;
        return [{ key: '', state: open ? 'active' : 'closed', reference: debt.debt.number, amountMinor, content: {} }];
      },
    },
    outbound: [
      {
        kind: 'balances',
        title: 'Balances',
        name: ({ date, fileSequence }) => `${date}-${fileSequence}.txt`,
        format: () => format,
        async *encode(changes, context) {
          const records = [];
          for await (const change of changes)
            records.push({ type: 'B', debt: change.reference, amount: change.amountMinor });
          yield* format.encode(records, { file: context.fileName, date: context.date }, (fault, number) =>
            context.setAside(number, fault),
          );
        },
      },
    ],
    inbound: [],
  });
}

const debt = {
  debt: { number: '1' },
  referral: { id: 'r', madeOn: '2026-01-01', capMinor: null, expiresOn: null },
  ledger: { balanceMinor: 100 },
  stops: [],
} as unknown as DebtSnapshot;

function samples(): PluginSamples {
  const change = { key: '', state: 'active', content: {}, previous: null, entry: null } as const;
  return {
    fixtures: pathToFileURL(`${folder}/`),
    badSettings: [{ name: 'no office', settings: { office: '' } }],
    date: '2026-11-21',
    identifiers: { i: '212345678' },
    debts: [{ name: 'a debt', debt }],
    outbound: {
      balances: {
        golden: 'balances.txt',
        totals: [[2, 9]],
        changes: [
          { ...change, sequence: 1, reference: '1', amountMinor: 100 },
          { ...change, sequence: 2, reference: '2', amountMinor: 200 },
        ],
      },
    },
    inbound: {},
  };
}

/** Runs the kit's tests here, and names those that fail. */
async function failures(plugin: PluginDefinition<Settings>, given: PluginSamples): Promise<string[]> {
  const registered: { name: string; body: () => void | Promise<void> }[] = [];
  describePlugin(plugin, given, {
    describe: (_name, body) => body(),
    test: (name, body) => registered.push({ name, body }),
    expect,
  });
  expect(registered.length).toBeGreaterThan(15);
  const failed: string[] = [];
  for (const { name, body } of registered) {
    try {
      await body();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

type Outbound = PluginDefinition<Settings>['outbound'][number];

function withOutbound(change: (outbound: Outbound) => Partial<Outbound>): PluginDefinition<Settings> {
  const plugin = sound();
  const outbound = plugin.outbound[0]!;
  return { ...plugin, outbound: [{ ...outbound, ...change(outbound) }] };
}

function withDesire(desire: NonNullable<PluginDefinition<Settings>['position']>['desire']): PluginDefinition<Settings> {
  const plugin = sound();
  return { ...plugin, position: { ...plugin.position!, desire } };
}

describe('the conformance kit', () => {
  test('passes a sound plugin', async () => {
    expect(await failures(sound(), samples())).toEqual([]);
  });

  test('sees a plugin that looks at the clock', async () => {
    const plugin = withOutbound(({ encode }) => ({
      encode: (changes, context) => (Date.now() > 0 ? encode(changes, context) : encode(changes, context)),
    }));
    expect(await failures(plugin, samples())).toEqual(['takes no effect from outside its context']);
  });

  test('sees a plugin that writes something else each time', async () => {
    let times = 0;
    const plugin = withOutbound(({ encode }) => ({
      async *encode(changes, context) {
        times += 1;
        yield* encode(changes, { ...context, date: `2026-11-${String(1 + (times % 20)).padStart(2, '0')}` });
      },
    }));
    expect(await failures(plugin, samples())).toContain('writes the same bytes twice');
  });

  test('sees a reader that believes any total', async () => {
    const plugin = withOutbound(() => ({ format: () => uncounted }));
    expect(await failures(plugin, samples())).toContain('refuses a file with a changed total');
  });

  test('sees a reader that throws', async () => {
    const plugin = withOutbound(() => ({
      format: () => ({
        ...format,
        async *decode(bytes, context) {
          for await (const item of format.decode(bytes, context)) {
            if (item.fault !== undefined) throw new Error(item.fault.message);
            yield item;
          }
        },
      }),
    }));
    const failed = await failures(plugin, samples());
    expect(failed).toContain('refuses a file that was cut');
    expect(failed).toContain('reads a file that was damaged without falling over');
  });

  test('sees a plugin that keeps a position under a stop that withdraws it', async () => {
    const plugin = withDesire((of) => [
      { key: '', state: 'active', reference: of.debt.number, amountMinor: 1, content: {} },
    ]);
    expect(await failures(plugin, samples())).toContain('no stop opens a position or makes one more adverse: a debt');
  });

  test('sees a plugin that asks for more under a stop', async () => {
    const plugin = withDesire((of, { decision }) => {
      const gone = of.referral === null || ['restrain', 'close', 'withdraw'].includes(decision.outcome);
      if (gone) return [];
      return [{ key: '', state: 'active', reference: '1', amountMinor: 100 + of.stops.length, content: {} }];
    });
    expect(await failures(plugin, samples())).toEqual(['no stop opens a position or makes one more adverse: a debt']);
  });

  test('sees an identifier in position content', async () => {
    const plugin = withDesire((of, context) =>
      sound()
        .position!.desire(of, context)
        .map((position) => ({ ...position, content: { number: '212345678' } })),
    );
    expect(await failures(plugin, samples())).toEqual([
      'wants the same thing twice, as JSON, in states that it declares: a debt',
    ]);
  });

  test('sees a state that no file tells, and one that two files tell', async () => {
    const silent = withOutbound(() => ({ carries: { states: ['active'], entries: false } }));
    expect(await failures(silent, samples())).toEqual(['tells each state in one kind of file']);
    const plugin = sound();
    const [balances] = plugin.outbound;
    const twice = { ...plugin, outbound: [balances!, { ...balances!, kind: 'again' }] };
    const given = samples();
    const both = { ...given, outbound: { ...given.outbound, again: given.outbound['balances']! } };
    expect(await failures(twice, both)).toEqual(['tells each state in one kind of file']);
  });

  test('sees a sample that the hub would never put in that file', async () => {
    const plugin = sound();
    const [balances] = plugin.outbound;
    const apart = {
      ...plugin,
      outbound: [
        { ...balances!, carries: { states: ['closed', 'absent'], entries: false } as const },
        { ...balances!, kind: 'others', carries: { states: ['active'], entries: false } as const },
      ],
    };
    const given = samples();
    const both = { ...given, outbound: { ...given.outbound, others: given.outbound['balances']! } };
    expect(await failures(apart, both)).toEqual(['puts in its sample what files of this kind carry']);
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
    const given = samples();
    const told = given.outbound['balances']!;
    const changes: Change[] = told.changes.map((change) => ({ ...change, entry }));
    const delta = { ...plugin, position: { ...plugin.position!, update: 'delta' as const } };
    expect(await failures(delta, { ...given, outbound: { balances: { ...told, changes } } })).toEqual([
      'tells each ledger entry as one of its own',
    ]);
    expect(await failures(delta, given)).toEqual(['tells each ledger entry as one of its own']);
    expect(await failures({ ...delta, position: plugin.position! }, given)).toEqual([
      'tells ledger entries in one kind of file, or in none',
      'tells each ledger entry as one of its own',
    ]);
  });

  test('takes a left-out check only with a reason', async () => {
    const wrong = {
      ...samples(),
      outbound: { balances: { ...samples().outbound['balances']!, golden: 'missing.txt' } },
    };
    expect(await failures(sound(), wrong)).toEqual(['writes the bytes of missing.txt']);
    expect(await failures(sound(), { ...wrong, skip: { golden: 'the partner has no sample yet' } })).toEqual([]);
    expect(await failures(sound(), { ...wrong, skip: { golden: ' ' } })).toHaveLength(1);
  });
});
