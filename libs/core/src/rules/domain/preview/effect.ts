import { ADVERSITY } from '@concord/plugin-sdk';
import type { Decision, PositionState, Reason } from '@concord/plugin-sdk';
import { limitsOf } from '../strictness.js';

/**
 * What becomes of a debt at a partner when it is judged otherwise.
 *
 * - `open`: opens, stays where it would have ended, loses its mark, or may grow again.
 * - `restrain`: stands with its mark only.
 * - `block`: does not open, or stays as it is and may not grow.
 * - `close`: its end is told. - `withdraw`: it is taken back.
 * - `stay`: the same as before, though perhaps for other reasons.
 */
export const EFFECTS = ['open', 'restrain', 'block', 'close', 'withdraw', 'stay'] as const;
export type Effect = (typeof EFFECTS)[number];

/** How far a decision lets a debt go at a partner. */
interface Standing {
  readonly state: PositionState;
  /** Whether a file says so because the decision demands it: as an end, or as a mistake that is taken back. */
  readonly ends: 'closed' | 'withdrawn' | null;
  readonly mayGrow: boolean;
}

/**
 * Compares two decisions on one debt by what they leave possible at a partner. What a plugin makes of it is its own: it may
 * want less, and a partner whose language has no mark is told a removal instead.
 *
 * @param held the most that the partner may hold
 */
export function effectOf(held: PositionState, present: Decision, proposed: Decision): Effect {
  const before = standingUnder(present, held);
  const after = standingUnder(proposed, held);
  if (before.ends === after.ends && before.state === after.state) {
    if (before.mayGrow === after.mayGrow) return 'stay';
    return after.mayGrow ? 'open' : 'block';
  }
  if (after.ends !== null) return after.ends === 'withdrawn' ? 'withdraw' : 'close';
  if (before.ends !== null || ADVERSITY[after.state] > ADVERSITY[before.state]) return 'open';
  return after.mayGrow || after.state !== held ? 'restrain' : 'block';
}

/**
 * Why the effect comes about: what newly stands in the way, and for `open` what no longer does. Where the reasons are the
 * same ones and only how they come together differs, all of them.
 */
export function reasonsOf(effect: Effect, present: Decision, proposed: Decision): readonly Reason[] {
  if (effect === 'stay') return [];
  const [of, other] = effect === 'open' ? [present, proposed] : [proposed, present];
  const known = new Set(other.reasons.map(keyOf));
  const differing = of.reasons.filter((reason) => !known.has(keyOf(reason)));
  return differing.length > 0 ? differing : of.reasons;
}

function keyOf({ rule, outcome }: Reason): string {
  return `${rule} ${outcome}`;
}

function standingUnder(decision: Decision, held: PositionState): Standing {
  const { mustEnd, mayGrow, mayBeActive } = limitsOf(decision);
  if (mustEnd) {
    if (held === 'absent') return { state: 'absent', ends: null, mayGrow: false };
    if (decision.outcome === 'withdraw') return { state: 'absent', ends: 'withdrawn', mayGrow: false };
    // Its end is told once.
    return { state: 'closed', ends: held === 'closed' ? null : 'closed', mayGrow: false };
  }
  const most: PositionState = mayBeActive ? 'active' : 'restrained';
  const state = mayGrow || ADVERSITY[most] < ADVERSITY[held] ? most : held;
  return { state, ends: null, mayGrow };
}
