import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Change } from '../contract/position.js';
import { balanceFormat, uncountedFormat } from './fixtures/sound-plugin.js';
import { Variants, type OfficePlugin } from './fixtures/variants.js';

let variants: Variants;
beforeAll(async () => {
  variants = await Variants.make();
});
afterAll(() => variants.remove());

describe('the conformance kit on files', () => {
  test('sees a reader that believes any total', async () => {
    const failed = await variants.failures(variants.withOutbound(() => ({ format: () => uncountedFormat })));
    expect(failed).toContain('refuses a file with a changed total');
  });

  test('sees a reader that throws', async () => {
    const plugin = variants.withOutbound(() => ({
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
    const failed = await variants.failures(plugin);
    expect(failed).toContain('refuses a file that was cut');
    expect(failed).toContain('reads a file that was damaged without falling over');
  });

  test('sees a reader that keeps a whole file in memory', async () => {
    const plugin = variants.withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        const all: Uint8Array[] = [];
        for await (const chunk of bytes) all.push(chunk);
        async function* again() {
          yield* all;
        }
        yield* decode(again(), context);
      },
    }));
    expect(await variants.failures(plugin)).toEqual(['refuses payments.txt that never ends, and keeps little of it']);
  });

  test('sees a reader that says what it found before a cut without refusing the file', async () => {
    const plugin = variants.withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        for await (const item of decode(bytes, context)) if (!('fault' in item)) yield item;
      },
    }));
    const failed = await variants.failures(plugin);
    expect(failed).toEqual([
      'refuses payments.txt with a changed total',
      'refuses payments.txt that was cut',
      'refuses hostile variants of payments.txt',
      'refuses payments.txt that never ends, and keeps little of it',
    ]);
  });

  test('sees a fault that does not say where, and one that shows an identifier', async () => {
    const faulty = (value: string, record: number | null): OfficePlugin =>
      variants.withInbound(({ decode }) => ({
        async *decode(bytes, context) {
          for await (const item of decode(bytes, context)) {
            yield 'fault' in item ? { fault: { ...item.fault, value, record } } : item;
          }
        },
      }));
    const damaged = 'reads payments.txt that was damaged without falling over';
    expect(await variants.failures(faulty('x', null))).toContain(damaged);
    expect(await variants.failures(faulty('212-34-5678', 1))).toContain(damaged);
    expect(await variants.failures(faulty('x', 1))).toEqual([]);
  });

  test('sees a writer that a name can make write another record', async () => {
    const injecting = variants.withOutbound(() => ({
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
    expect(await variants.failures(injecting)).toEqual(['writes hostile records as one record each, or not at all']);
  });

  test('sees names that repeat, are no names, or come back as answers', async () => {
    expect(await variants.failures(variants.withOutbound(() => ({ name: () => 'same.txt' })))).toEqual([
      'names files apart, without blanks',
    ]);
    expect(
      await variants.failures(variants.withOutbound(() => ({ name: ({ fileSequence }) => `../${fileSequence}` }))),
    ).toEqual(['names files apart, without blanks']);
    expect(await variants.failures(variants.withInbound(() => ({ match: () => '*.txt' })))).toEqual([
      "never takes its own files for the partner's",
    ]);
  });

  test('sees a state that no file tells, and one that two files tell', async () => {
    const silent = variants.withOutbound(() => ({ carries: { states: ['active'], entries: false } }));
    expect(await variants.failures(silent)).toEqual(['tells each state in one kind of file']);
    const [balances] = variants.plugin.outbound;
    const again = { ...balances!, kind: 'again', name: () => 'again' };
    const outbound = { ...variants.samples.outbound, again: variants.samples.outbound['balances']! };
    const failed = await variants.failures(
      { ...variants.plugin, outbound: [balances!, again] },
      { ...variants.samples, outbound },
    );
    expect(failed).toContain('tells each state in one kind of file');
  });

  test('sees a sample that the hub would never put in that file', async () => {
    const closing = { carries: { states: ['closed', 'absent'], entries: false } } as const;
    expect(await variants.failures(variants.withOutbound(() => closing))).toContain(
      'puts in its sample what files of this kind carry',
    );
  });

  test('sees ledger entries that nobody could tell apart', async () => {
    const plugin = variants.withOutbound(() => ({
      carries: { states: ['active', 'closed', 'absent'], entries: true },
    }));
    const entry = {
      id: '5f0c7d1e-6a39-4c7e-9a55-000000000001',
      kind: 'payment',
      amountMinor: 100,
      effectMinor: -100,
      effectiveOn: '2026-11-20',
    } as const;
    const told = variants.samples.outbound['balances'] as { changes: Change[]; golden: string; totals: [] };
    const changes = told.changes.map((change) => ({ ...change, entry }));
    const samples = { ...variants.samples, outbound: { balances: { ...told, changes } } };
    const delta = { ...plugin, position: { ...plugin.position!, update: 'delta' as const } };
    expect(await variants.failures(delta, samples)).toEqual(['tells each ledger entry as one of its own']);
    expect(await variants.failures({ ...delta, position: plugin.position! }, samples)).toEqual([
      'tells ledger entries in one kind of file, or in none',
      'tells each ledger entry as one of its own',
    ]);
  });
});
