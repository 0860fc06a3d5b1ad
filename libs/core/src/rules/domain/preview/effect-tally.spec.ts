import { describe, expect, it } from '@jest/globals';
import type { Reason } from '@concord/plugin-sdk';
import { EffectTallies, totalsOf } from './effect-tally.js';
import type { ExampleOfEffect } from './effect-tally.js';
import { EFFECTS } from './effect.js';

const by = (rule: string): Reason => ({ rule, outcome: 'block', reason: 'a test', citation: null, earliestOn: null });
const debt = (number: string, ...rules: string[]): ExampleOfEffect => ({
  debtId: `debt-${number}`,
  number,
  balanceMinor: 1_000,
  reasons: rules.map(by),
});

describe('the count of effects', () => {
  const tallies = new EffectTallies(2);
  tallies.add('block', debt('1', 'A', 'A', 'B'));
  tallies.add('block', debt('2', 'B'));
  tallies.add('block', debt('3', 'B'));
  tallies.add('stay', debt('4'));
  const of = (effect: string) => tallies.all.find((each) => each.effect === effect);

  it('has every effect, with how many, how much, and the first few', () => {
    expect(tallies.all.map(({ effect }) => effect)).toEqual([...EFFECTS]);
    expect(of('block')).toMatchObject({ debts: 3, amountMinor: 3_000, examples: [{ number: '1' }, { number: '2' }] });
    expect(of('open')).toEqual({ effect: 'open', debts: 0, amountMinor: 0, rules: [], examples: [] });
  });

  it('counts a debt once at each rule that is why', () => {
    expect(of('block')?.rules).toEqual([
      { rule: 'B', debts: 3 },
      { rule: 'A', debts: 1 },
    ]);
  });

  it('names no debt of those that stay', () => {
    expect(of('stay')).toMatchObject({ debts: 1, examples: [] });
  });

  it('is summed up over connectors', () => {
    const nothing = { open: 0, restrain: 0, close: 0, withdraw: 0 };
    expect(totalsOf([...tallies.all, ...tallies.all])).toEqual({ ...nothing, block: 6, stay: 2 });
  });
});
