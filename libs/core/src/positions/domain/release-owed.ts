import { isMoreAdverse } from './adversity.js';
import type { Statement } from './statement.js';

/**
 * Whether the partner must be told something less adverse than it may hold. It stays owed until it is confirmed, also
 * while the release itself, or the change that opened the position, is still to be answered.
 */
export function releaseOwed(presumed: Statement | null, desired: Statement | null): boolean {
  return isMoreAdverse(presumed, desired);
}
