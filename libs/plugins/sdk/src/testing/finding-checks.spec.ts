import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Variants } from './fixtures/variants.js';

let variants: Variants;
beforeAll(async () => {
  variants = await Variants.make();
});
afterAll(() => variants.remove());

const SAYS = 'says in the vocabulary what it finds in payments.txt, each thing under a key of its own';

describe('the conformance kit on findings', () => {
  test('sees words that are not of the vocabulary', async () => {
    expect(await variants.failures(variants.finding((found) => ({ ...found, kind: 'payed' })))).toContain(SAYS);
    expect(await variants.failures(variants.finding((found) => ({ ...found, amountMinor: 0.5 })))).toContain(SAYS);
    expect(await variants.failures(variants.finding((found) => ({ ...found, paidOn: '2026-02-30' })))).toContain(SAYS);
    expect(await variants.failures(variants.finding((found) => ({ ...found, said: 1 })))).toContain(SAYS);
  });

  test('sees an identifier in a finding', async () => {
    expect(await variants.failures(variants.finding((found) => ({ ...found, reference: '212-34-5678' })))).toContain(
      SAYS,
    );
  });

  test('sees keys that repeat, unless the partner repeats itself', async () => {
    const plugin = variants.finding((found) => ({ ...found, naturalKey: 'one' }));
    const [sample] = variants.samples.inbound['payments']!;
    const findings = sample!.findings.map((found) => ({ ...found, naturalKey: 'one' }));
    const samples = { ...variants.samples, inbound: { payments: [{ ...sample!, findings }] } };
    expect(await variants.failures(plugin, samples)).toEqual([SAYS]);
    const declared = { ...variants.samples, inbound: { payments: [{ ...sample!, findings, repeats: ['one'] }] } };
    expect(await variants.failures(plugin, declared)).toEqual([]);
  });

  test('sees money that would post again under another file name', async () => {
    const plugin = variants.withInbound(({ decode }) => ({
      async *decode(bytes, context) {
        for await (const item of decode(bytes, context)) {
          const suffix = context.fileName === 'another-name.txt' ? ':again' : '';
          yield 'fault' in item ? item : { ...item, naturalKey: `${item.naturalKey}${suffix}` };
        }
      },
    }));
    expect(await variants.failures(plugin)).toEqual([
      'knows the money in payments.txt again when it is sent under another name',
    ]);
  });
});
