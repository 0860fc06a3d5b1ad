import type { UpdateKind } from '@concord/plugin-sdk';
import { isMoreAdverse } from './adversity.js';
import { isSame, stands } from './statement.js';
import type { Statement } from './statement.js';

/**
 * Whether the partner must be told something less adverse than it may hold. It stays owed until it is confirmed, also
 * while the release itself, or the change that opened the position, is still to be answered.
 */
export function releaseOwed(presumed: Statement | null, desired: Statement | null): boolean {
  return isMoreAdverse(presumed, desired);
}

/**
 * Whether an owed release is still to be sent: it is owed, and the last change in flight doesn't say it already. It need
 * not wait for the answer to what was sent before.
 *
 * @param lastInFlight the last change sent without an answer; null where nothing is in flight.
 */
export function releaseUnsent(
  presumed: Statement | null,
  desired: Statement | null,
  lastInFlight: Statement | null,
): boolean {
  return releaseOwed(presumed, desired) && (lastInFlight === null || !isSame(lastInFlight, desired));
}

/**
 * Whether the partner's next file has something to say about a position.
 *
 * Most partners are told a difference once, and then its answer is waited for. A `snapshot` partner is told everything
 * at each cutoff: all that stands, should stand or may have arrived unanswered, changed or not, so that a lost file
 * heals itself with the next one. The end of what can't be there is never told.
 */
export function workDue(
  desired: Statement | null,
  known: Statement | null,
  inFlightCount: number,
  update: UpdateKind,
): boolean {
  if (update === 'snapshot') return stands(known) || opens(desired) || inFlightCount > 0;
  if (inFlightCount > 0 || isSame(desired, known)) return false;
  return stands(known) || opens(desired);
}

/** Whether a statement puts something at a partner that holds nothing. */
function opens(statement: Statement | null): boolean {
  return stands(statement) && statement.state !== 'closed';
}
