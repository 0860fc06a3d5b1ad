/**
 * How much of a position a partner holds, from most to least adverse.
 *
 * - `active`: stands against the debtor with its full content.
 * - `restrained`: still there, but marked: disputed, bankrupt, paused.
 * - `closed`: the partner is told the end (paid, settled, withdrawn); once it is confirmed, nothing is held.
 * - `absent`: the partner holds nothing.
 */
export type PositionState = 'active' | 'restrained' | 'closed' | 'absent';

/** The states ordered by harm to the debtor. A smaller number is less adverse. */
export const ADVERSITY: Readonly<Record<PositionState, number>> = {
  absent: 0,
  closed: 1,
  restrained: 2,
  active: 3,
};

/** JSON that a plugin keeps for itself in a position. Identifiers appear in it only as {@link IdentifierReference}s. */
export type PositionContent = { readonly [field: string]: JsonValue };

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** Points at an encrypted identifier. The value is available only while a file is encoded or a request is asked. */
export interface IdentifierReference {
  readonly identifier: string;
}

/** What one partner should hold for one subject under one key. Leaving a key out means: absent. */
export interface DesiredPosition {
  /** The plugin's own key within the subject; `''` where a subject has one position only. */
  readonly key: string;
  readonly state: 'active' | 'restrained' | 'closed';
  /** How the partner names this position in its answers (an account number, a file number). Stable for life. */
  readonly reference: string;
  /** The money that the partner would act on, in minor units. Within one state a smaller amount is less adverse. */
  readonly amountMinor: number;
  /** Everything else that the partner's record says. A different content is a difference to be sent. */
  readonly content: PositionContent;
}

/** One position to be told to the partner in an outgoing file. */
export interface Change {
  /** Number of this change within its exchange, from 1. Answers and faults point at it. */
  readonly sequence: number;
  readonly key: string;
  readonly reference: string;
  /**
   * `absent` asks for removal of what the partner may hold, and then `content` is what it was last told.
   */
  readonly state: PositionState;
  readonly amountMinor: number;
  readonly content: PositionContent;
  /**
   * What the partner was last told under this key, answered or not, or null when it holds nothing. Some partners keep a
   * mark until they are told to remove it: only the difference between this and `content` says that it must be.
   */
  readonly previous: PositionContent | null;
}
