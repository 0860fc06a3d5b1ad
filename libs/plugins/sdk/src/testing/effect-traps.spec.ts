import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Change } from '../contract/position.js';
import { Variants } from './fixtures/variants.js';

let variants: Variants;
beforeAll(async () => {
  variants = await Variants.make();
});
afterAll(() => variants.remove());

const EFFECTS = 'takes no effect from outside its context';

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
    expect(await variants.failures(variants.looking(look))).toEqual([EFFECTS]);
  });

  test('sees a plugin that changes what everybody uses', async () => {
    const shared = Array.prototype as unknown as Record<string, unknown>;
    let times = 0;
    const changing = variants.looking(() => (shared[`added${(times += 1)}`] = 1));
    try {
      expect(await variants.failures(changing)).toContain(EFFECTS);
    } finally {
      for (; times > 0; times -= 1) delete shared[`added${times}`];
    }
  });

  test('sees a plugin that writes something else each time', async () => {
    let times = 0;
    const plugin = variants.withOutbound(({ encode }) => ({
      async *encode(changes, context) {
        times += 1;
        yield* encode(changes, { ...context, date: `2026-11-${String(1 + (times % 20)).padStart(2, '0')}` });
      },
    }));
    expect(await variants.failures(plugin)).toContain('writes the same bytes twice');
  });

  test('sees a file that depends on how fast its changes come', async () => {
    const plugin = variants.withOutbound(({ encode }) => ({
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
    expect(await variants.failures(plugin)).toEqual([
      'writes the same bytes however its input arrives, and in every time zone',
    ]);
  });
});
