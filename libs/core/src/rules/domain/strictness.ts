import type { Decision, Outcome, Reason } from '@concord/plugin-sdk';

/**
 * Outcomes by how much they take from the office; the greatest number wins.
 *
 * `withdraw` and `close` end what stands and open nothing, and a withdrawal says that it should never have stood,
 * which undoes more than telling its end. `block` comes before `restrain`, because a restrained position may still be
 * opened with its mark and a blocked one may not.
 *
 * One outcome does not contain the ones below it: `block` leaves an unmarked position standing, `restrain` does not.
 * So a decision lists every reason, and {@link limitsOf} obeys all of them, not only the strictest.
 */
export const STRICTNESS: Readonly<Record<Outcome, number>> = {
  allow: 0,
  restrain: 1,
  block: 2,
  close: 3,
  withdraw: 4,
};

/** The strictest of several outcomes; `allow` where there are none. */
export function strictest(outcomes: Iterable<Outcome>): Outcome {
  let found: Outcome = 'allow';
  for (const outcome of outcomes) {
    if (STRICTNESS[outcome] > STRICTNESS[found]) found = outcome;
  }
  return found;
}

/** Makes a decision of everything that did not pass: strictest first, and in the given order within one outcome. */
export function decide(reasons: readonly Reason[]): Decision {
  const ordered = [...reasons].sort((a, b) => STRICTNESS[b.outcome] - STRICTNESS[a.outcome]);
  return { outcome: strictest(ordered.map((reason) => reason.outcome)), reasons: ordered };
}

/** What a decision leaves possible. */
export interface Limits {
  /** A position may be opened, and may become more adverse than what the partner may hold. */
  readonly mayGrow: boolean;
  /** A position may stand without a mark. */
  readonly mayBeActive: boolean;
  /** What stands must be told its end or be taken back. */
  readonly mustEnd: boolean;
}

/** All reasons of a decision taken together. */
export function limitsOf(decision: Decision): Limits {
  const outcomes = new Set<Outcome>([decision.outcome, ...decision.reasons.map((reason) => reason.outcome)]);
  const mustEnd = outcomes.has('withdraw') || outcomes.has('close');
  return {
    mayGrow: !mustEnd && !outcomes.has('block'),
    mayBeActive: !mustEnd && !outcomes.has('restrain'),
    mustEnd,
  };
}
