import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latest, merge } from './host-state.js';
import type { HostState } from './host-state.js';
import type { Stamp } from './stamp.js';

const stamp: fc.Arbitrary<Stamp> = fc.record({
  date: fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-04'),
  sequence: fc.integer({ min: 1, max: 2 }),
  line: fc.integer({ min: 1, max: 3 }),
});
const facts = fc.dictionary(fc.constantFrom('amountMinor', 'feesMinor', 'type'), fc.integer({ min: 0, max: 3 }), {
  noNullPrototype: true,
});
/** One place in one file says one thing. */
const said = fc.uniqueArray(fc.record({ facts, at: stamp }), {
  maxLength: 8,
  selector: ({ at }) => `${at.date} ${at.sequence} ${at.line}`,
});

const all = (records: readonly { facts: Record<string, number>; at: Stamp }[]): HostState =>
  records.reduce<HostState>((state, { facts: what, at }) => merge(state, what, at).state, {});

describe('what a host has said', () => {
  test('is the same in any order, and however often it is said', () => {
    fc.assert(
      fc.property(
        said.chain((records) =>
          fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
        ),
        ([records, shuffled]) => {
          expect(all(shuffled)).toEqual(all(records));
          expect(all([...shuffled, ...records])).toEqual(all(records));
        },
      ),
    );
  });

  test('is the latest of each field, with the first amount above zero beside it', () => {
    const at = (date: string, line = 1): Stamp => ({ date, sequence: 1, line });
    const state = all([
      { facts: { amountMinor: 0, type: 1 }, at: at('2026-03-04') },
      { facts: { amountMinor: 500 }, at: at('2026-03-03') },
      { facts: { amountMinor: 700, feesMinor: 20 }, at: at('2026-03-02', 2) },
      { facts: { type: 2 }, at: at('2026-03-02') },
    ]);
    expect(['amountMinor', 'firstAmountMinor', 'feesMinor', 'type'].map((field) => latest(state, field))).toEqual([
      ...[0, 700, 20, 1],
    ]);
  });

  test('names the fields whose value is another now', () => {
    const at = (line: number): Stamp => ({ date: '2026-03-02', sequence: 1, line });
    const { state } = merge({}, { type: 'fine', feesMinor: 5 }, at(1));
    expect(merge(state, { type: 'fine', feesMinor: 6 }, at(2)).changed).toEqual(['feesMinor']);
    expect(merge(state, { type: 'permit' }, { ...at(1), date: '2026-03-01' }).changed).toEqual([]);
  });
});
