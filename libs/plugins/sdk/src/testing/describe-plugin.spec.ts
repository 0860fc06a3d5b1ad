import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { describePlugin } from './describe-plugin.js';
import type { OfficeSettings } from './fixtures/sound-plugin.js';
import { Variants, type OfficePlugin } from './fixtures/variants.js';
import type { PluginSamples } from './samples.js';

let variants: Variants;
beforeAll(async () => {
  variants = await Variants.make();
});
afterAll(() => variants.remove());

describe('the conformance kit', () => {
  test('passes a sound plugin', async () => {
    expect(await variants.failures(variants.plugin)).toEqual([]);
  });

  test('registers its tests with a framework that has no expect', async () => {
    const bodies: (() => void | Promise<void>)[] = [];
    const framework = {
      describe: (_name: string, body: () => void) => body(),
      test: (_name: string, body: () => void | Promise<void>) => bodies.push(body),
    };
    describePlugin(variants.plugin, variants.samples, framework);
    expect(bodies.length).toBeGreaterThan(40);
    for (const body of bodies) await body();
  });
});

describe('the conformance kit on settings', () => {
  const settings = (schema: z.ZodType<OfficeSettings>): OfficePlugin => ({ ...variants.plugin, settings: schema });

  test('sees settings that would be taken though they are wrong', async () => {
    expect(await variants.failures(settings(z.strictObject({ office: z.string() })))).toEqual([
      'refuses settings: no office',
    ]);
    expect(await variants.failures(settings(z.object({ office: z.string().min(1) })))).toEqual([
      'refuses a setting that it does not know',
    ]);
  });

  test('sees settings of which no form can be made', async () => {
    const opaque = z.custom<OfficeSettings>(
      (value) => z.strictObject({ office: z.string().min(1) }).safeParse(value).success,
    );
    expect(await variants.failures(settings(opaque))).toEqual(['describes its settings as JSON Schema']);
  });

  test('sees cautions that say nothing', async () => {
    const cautious = { ...variants.plugin, cautions: () => [{ code: 'made-up', message: '', loopbackOnly: true }] };
    expect(await variants.failures(cautious)).toEqual(['says in words what an office must know']);
  });

  test('sees a contract that is not this one, and an id that could not be kept', async () => {
    const named = 'names itself and the contract that it was written for';
    expect(await variants.failures({ ...variants.plugin, requires: '^9' })).toEqual([named]);
    expect(await variants.failures({ ...variants.plugin, id: 'Sound plugin' })).toEqual([named]);
  });
});

describe('what is left out', () => {
  const wrong = (): PluginSamples => ({
    ...variants.samples,
    outbound: { balances: { ...(variants.samples.outbound['balances'] as object), golden: 'missing.txt' } as never },
  });

  test('is left out for a reason', async () => {
    expect(await variants.failures(variants.plugin, wrong())).toEqual(['writes the bytes of missing.txt']);
    const skip = { golden: 'the partner has no sample yet' } as const;
    expect(await variants.failures(variants.plugin, { ...wrong(), skip })).toEqual([]);
  });

  test('fails without a reason, whatever the types were told', async () => {
    for (const reason of [' ', '   ', 'later', '- - -']) {
      const skip = { golden: reason } as never;
      expect(await variants.failures(variants.plugin, { ...wrong(), skip })).toEqual([
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
    expect(await variants.failures(variants.plugin, { ...variants.samples, skip })).toEqual([
      'leaves checks out for reasons only',
    ]);
  });

  test('may be left out for one file alone, and is listed at the end', async () => {
    const balances = variants.samples.outbound['balances'] as object;
    const skip = { golden: 'the partner has no sample yet' } as const;
    const samples = {
      ...variants.samples,
      outbound: { balances: { ...balances, golden: 'missing.txt', skip } as never },
    };
    const names: string[] = [];
    const framework = {
      describe: (_name: string, body: () => void) => body(),
      test: (name: string) => names.push(name),
    };
    describePlugin(variants.plugin, samples, framework);
    expect(names.at(-1)).toBe('outbound balances: writes the bytes of missing.txt: the partner has no sample yet');
  });
});
