import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DesiredPosition } from '../contract/position.js';
import { Variants, type OfficePlugin } from './fixtures/variants.js';

let variants: Variants;
beforeAll(async () => {
  variants = await Variants.make();
});
afterAll(() => variants.remove());

const KEPT = 'keeps in positions what may be kept: a debt';
const EACH_STOP = 'no stop opens a position or makes one more adverse: a debt';
const MORE_STOPS = 'nor does one stop more, whatever stands already: a debt';

describe('the conformance kit on positions', () => {
  const wanting = (change: (wanted: DesiredPosition) => object): OfficePlugin =>
    variants.withDesire(
      (sound) => (debt, context) => sound(debt, context).map((wanted) => ({ ...wanted, ...change(wanted) })),
    );

  test('sees a plugin that keeps a position under a stop that withdraws it', async () => {
    expect(await variants.failures(wanting(() => ({ state: 'active', amountMinor: 1 })))).toEqual([
      EACH_STOP,
      MORE_STOPS,
    ]);
  });

  test('sees a plugin that asks for more under a stop', async () => {
    const plugin = variants.withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({ ...wanted, amountMinor: wanted.amountMinor + debt.stops.length })),
    );
    expect(await variants.failures(plugin)).toEqual([EACH_STOP, MORE_STOPS]);
  });

  test('sees a plugin that only a second stop makes ask for more', async () => {
    const plugin = variants.withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({
          ...wanted,
          amountMinor: wanted.amountMinor + (debt.stops.length === 2 ? 1 : 0),
        })),
    );
    expect(await variants.failures(plugin)).toEqual([MORE_STOPS]);
  });

  test('sees what may not be kept', async () => {
    expect(await variants.failures(wanting(() => ({ content: { number: '212345678' } })))).toEqual([KEPT]);
    expect(await variants.failures(wanting(() => ({ content: { number: '212-34-5678' } })))).toEqual([KEPT]);
    expect(await variants.failures(wanting(() => ({ content: { when: new Date(0) } })))).toEqual([KEPT]);
    expect(await variants.failures(wanting(() => ({ content: { note: 'x'.repeat(20_000) } })))).toEqual([KEPT]);
    expect(await variants.failures(wanting(() => ({ amountMinor: 0.5 })))).toContain(KEPT);
  });

  test('sees a plugin that changes what it is given', async () => {
    const plugin = variants.withDesire((sound) => (debt, context) => {
      (debt.stops as unknown[]).sort();
      return sound(debt, context);
    });
    expect(await variants.failures(plugin)).toContain('changes nothing that it is given: a debt');
  });

  test('sees a plugin that remembers', async () => {
    let times = 0;
    expect(await variants.failures(wanting(() => ({ content: { times: (times += 1) } })))).toContain(
      'wants the same thing twice, in states that it declares: a debt',
    );
  });

  test('sees a plugin that believes whoever is named first', async () => {
    const plugin = variants.withDesire(
      (sound) => (debt, context) =>
        sound(debt, context).map((wanted) => ({ ...wanted, content: { first: debt.stops[0]?.kind ?? '' } })),
    );
    expect(await variants.failures(plugin)).toEqual(['does not care in which order it is told: a debt']);
  });

  test('sees a plugin that a name throws', async () => {
    const plugin = variants.withDesire((sound) => (debt, context) => {
      if (debt.parties[0]?.surname.includes('\n')) throw new Error('no name');
      return sound(debt, context);
    });
    expect(await variants.failures(plugin)).toEqual(['writes whatever a case holds, or sets it aside']);
  });
});
