import { compareStamps } from './stamp.js';
import type { Stamp } from './stamp.js';

export type HostValue = string | number | boolean;

/** What one record of a host's file says, by field. A field that is left out says nothing. */
export type HostFacts = { readonly [field: string]: HostValue };

/** The latest that was said of each field of one debt, party or payment, and when. */
export type HostState = { readonly [field: string]: { readonly value: HostValue; readonly at: Stamp } };

/** Fields of which the first amount above zero is kept, too: a debt is registered with what was once charged. */
const FIRST_OF: { readonly [field: string]: string } = { amountMinor: 'firstAmountMinor' };

/**
 * Adds what a record says to what is known: of each field the latest stamp holds. The result is the same in whatever order
 * records are added, and however often: files may come late, twice, or the wrong way round.
 *
 * @returns the new state, and the fields whose value is another now
 */
export function merge(
  state: HostState,
  facts: HostFacts,
  at: Stamp,
): { readonly state: HostState; readonly changed: readonly string[] } {
  const next: Record<string, { readonly value: HostValue; readonly at: Stamp }> = { ...state };
  const changed: string[] = [];
  for (const [field, value] of Object.entries(facts)) {
    const known = next[field];
    if (known === undefined || compareStamps(known.at, at) < 0) {
      if (known?.value !== value) changed.push(field);
      next[field] = { value, at };
    }
    const first = FIRST_OF[field];
    if (first === undefined || typeof value !== 'number' || value <= 0) continue;
    const earlier = next[first];
    if (earlier === undefined || compareStamps(at, earlier.at) < 0) next[first] = { value, at };
  }
  return { state: next, changed };
}

/** The latest value of a field; undefined where nothing was said. */
export function latest(state: HostState, field: string): HostValue | undefined {
  return state[field]?.value;
}

/** The latest value of a field that is an amount; 0 where nothing was said. */
export function latestMinor(state: HostState, field: string): number {
  const value = latest(state, field);
  return typeof value === 'number' ? value : 0;
}
