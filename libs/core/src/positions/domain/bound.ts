import { ADVERSITY } from '@concord/plugin-sdk';
import type { Decision, DesiredPosition, PositionState } from '@concord/plugin-sdk';
import { limitsOf } from '../../rules/domain/strictness.js';
import type { Limits } from '../../rules/domain/strictness.js';
import { stands } from './statement.js';
import type { Statement } from './statement.js';

type StandingState = Exclude<PositionState, 'absent'>;

/** From most to least adverse: where a partner can't express a state, the next one that it can is told. */
const DESCENDING: readonly StandingState[] = ['active', 'restrained', 'closed'];

/**
 * The final desired position: what the plugin desires, within what the rules allow and the partner can express.
 *
 * A plugin is never trusted to hold back: whatever it returns, the result is not more adverse than the decision allows.
 * - `withdraw`, `close`: at most closed. - `restrain`: at most restrained.
 * - `block`: nothing is opened, and nothing goes beyond what the partner may hold, in state or in amount.
 * - All reasons bind at once. - A closed position is never opened: to tell the end of what isn't there would create it.
 *
 * @param desired what the plugin returned for the key; null where it left the key out.
 * @param presumed the most that the partner may hold; null for nothing.
 * @param last what the partner was last told, answered or not; its content is what a removal says.
 * @param states what the partner's language can express.
 * @returns what the partner should hold. For `absent` the amount is 0, and content and reference are those of `last`.
 */
export function bound(
  desired: DesiredPosition | null,
  decision: Decision,
  presumed: Statement | null,
  last: Statement | null,
  states: readonly StandingState[],
): Statement {
  if (desired === null) return removal(null, presumed, last);
  const limits = limitsOf(decision);
  const state = expressible(allowedState(desired.state, limits), states);
  if (state === 'absent') return removal(desired, presumed, last);
  const allowed: Statement = {
    state,
    amountMinor: desired.amountMinor,
    content: desired.content,
    reference: desired.reference,
  };
  if (!stands(presumed)) {
    return state === 'closed' || !limits.mayGrow ? removal(desired, presumed, last) : allowed;
  }
  return limits.mayGrow ? allowed : within(allowed, presumed);
}

function allowedState(state: StandingState, limits: Limits): StandingState {
  if (limits.mustEnd) return 'closed';
  return state === 'active' && !limits.mayBeActive ? 'restrained' : state;
}

/** The state, or the next less adverse one that the partner can express; absent where there is none. */
function expressible(state: StandingState, states: readonly StandingState[]): PositionState {
  const candidates = DESCENDING.slice(DESCENDING.indexOf(state));
  return candidates.find((candidate) => states.includes(candidate)) ?? 'absent';
}

/** Shrinks a statement to what the partner may hold already. */
function within(allowed: Statement, presumed: Statement): Statement {
  // A partner that collected too much has gone below zero by itself: it is told zero.
  const amountMinor = Math.max(0, Math.min(allowed.amountMinor, presumed.amountMinor));
  if (ADVERSITY[allowed.state] <= ADVERSITY[presumed.state]) return { ...allowed, amountMinor };
  // The plugin's content is that of a more adverse state and may lack the mark that the held one carries.
  return { ...allowed, state: presumed.state, content: presumed.content, amountMinor };
}

function removal(desired: DesiredPosition | null, presumed: Statement | null, last: Statement | null): Statement {
  const told = last ?? presumed;
  return {
    state: 'absent',
    amountMinor: 0,
    content: told?.content ?? {},
    reference: told?.reference ?? desired?.reference ?? '',
  };
}
