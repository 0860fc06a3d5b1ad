import { isMoreAdverse } from './adversity.js';
import type { Statement } from './statement.js';
import { stands } from './statement.js';

/**
 * What the partner may hold: the most adverse of what it is known to hold and what it was sent without an answer, or
 * null where it can hold nothing. Of equally adverse ones the one sent last.
 *
 * @param inFlight in the order in which they were sent.
 */
export function presumed(known: Statement | null, inFlight: readonly Statement[]): Statement | null {
  const most = inFlight.reduce<Statement | null>((found, sent) => (isMoreAdverse(found, sent) ? found : sent), known);
  return stands(most) ? most : null;
}
