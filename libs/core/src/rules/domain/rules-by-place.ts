import type { Act, DebtSnapshot } from '@concord/plugin-sdk';
import { concerns } from './rule.js';
import type { Rule } from './rule.js';

/** By register, then by act and place. A register is never changed once it is judged by. */
const found = new WeakMap<readonly Rule[], Map<string, readonly Rule[]>>();

/**
 * The rules of a register that speak about an act in a debt's jurisdiction on any date, in the order of the register.
 * They are looked up once an act and office, not once a debt: most of the register is about other places and acts.
 */
export function rulesConcerning(rules: readonly Rule[], debt: DebtSnapshot, act: Act): readonly Rule[] {
  const { id, country } = debt.jurisdiction;
  let byPlace = found.get(rules);
  if (byPlace === undefined) {
    byPlace = new Map<string, readonly Rule[]>();
    found.set(rules, byPlace);
  }
  const place = `${act} ${country} ${id}`;
  const known = byPlace.get(place);
  if (known !== undefined) return known;
  const concerning = rules.filter((rule) => concerns(rule, debt, act));
  byPlace.set(place, concerning);
  return concerning;
}
