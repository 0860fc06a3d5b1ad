import type { Reason } from '@concord/plugin-sdk';
import { EFFECTS } from './effect.js';
import type { Effect } from './effect.js';

/** A debt as an example names it, with why. Nothing of a person. */
export interface ExampleOfEffect {
  readonly debtId: string;
  /** Concord's number of it. */
  readonly number: string;
  readonly balanceMinor: number;
  /** What newly stands in the way; for `open`, what no longer does. In words that can be read aloud to the debtor. */
  readonly reasons: readonly Reason[];
}

/** How many debts have one effect, what is owed of them in minor units, by which rules, and the first few. */
export interface EffectTally {
  readonly effect: Effect;
  readonly debts: number;
  readonly amountMinor: number;
  /** By id of the rule, most debts first. A debt counts at each of the rules that are why. */
  readonly rules: readonly { readonly rule: string; readonly debts: number }[];
  /** None for `stay`. */
  readonly examples: readonly ExampleOfEffect[];
}

class Counter {
  debts = 0;
  amountMinor = 0;
  readonly rules = new Map<string, number>();
  readonly examples: ExampleOfEffect[] = [];

  add(debt: ExampleOfEffect, examples: number): void {
    this.debts += 1;
    this.amountMinor += debt.balanceMinor;
    for (const rule of new Set(debt.reasons.map((reason) => reason.rule))) {
      this.rules.set(rule, (this.rules.get(rule) ?? 0) + 1);
    }
    if (this.examples.length < examples) this.examples.push(debt);
  }

  tally(effect: Effect): EffectTally {
    const { debts, amountMinor, examples } = this;
    const rules = [...this.rules]
      .map(([rule, count]) => ({ rule, debts: count }))
      .sort((a, b) => b.debts - a.debts || (a.rule < b.rule ? -1 : 1));
    return { effect, debts, amountMinor, rules, examples };
  }
}

/** Counts effects, one debt after the other, so that none need be kept in memory. */
export class EffectTallies {
  readonly #counters = new Map<Effect, Counter>(EFFECTS.map((effect) => [effect, new Counter()]));

  /** @param examples how many debts each effect but `stay` names */
  constructor(private readonly examples: number) {}

  add(effect: Effect, debt: ExampleOfEffect): void {
    this.#counters.get(effect)?.add(debt, effect === 'stay' ? 0 : this.examples);
  }

  /** Every effect, those of no debt as well. */
  get all(): readonly EffectTally[] {
    return [...this.#counters].map(([effect, counter]) => counter.tally(effect));
  }
}

/** How many debts have each effect, over several connectors: a debt counts at each. */
export function totalsOf(tallies: Iterable<EffectTally>): Readonly<Record<Effect, number>> {
  const totals: Record<Effect, number> = { open: 0, restrain: 0, block: 0, close: 0, withdraw: 0, stay: 0 };
  for (const { effect, debts } of tallies) totals[effect] += debts;
  return totals;
}
