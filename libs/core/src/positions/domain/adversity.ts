import { ADVERSITY } from '@concord/plugin-sdk';
import type { PositionState } from '@concord/plugin-sdk';

/** The part of a statement that can harm the debtor more or less. */
export interface Harm {
  readonly state: PositionState;
  /** Minor units. Without meaning where the state is `absent`. */
  readonly amountMinor: number;
}

/**
 * Orders two positions by the harm they do: by state, and within a state by amount. Negative where `a` does less,
 * zero where they do the same, positive where `a` does more.
 */
export function compareAdversity(a: Harm, b: Harm): number {
  if (a.state !== b.state) return ADVERSITY[a.state] - ADVERSITY[b.state];
  return a.state === 'absent' ? 0 : a.amountMinor - b.amountMinor;
}

/** Whether `a` harms the debtor more than `b`. Null holds nothing. */
export function isMoreAdverse(a: Harm | null, b: Harm | null): boolean {
  const nothing: Harm = { state: 'absent', amountMinor: 0 };
  return compareAdversity(a ?? nothing, b ?? nothing) > 0;
}
