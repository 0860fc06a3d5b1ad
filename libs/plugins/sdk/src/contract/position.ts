import type { IsoDate } from './iso-date.js';
import type { LedgerEntryKind } from './ledger-entry.js';

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
  /**
   * First day on which the plugin itself may desire something else though nothing changed: the day after a partner's time
   * to object. Left out where only the case, the rules and the settings decide.
   */
  readonly reviewOn?: IsoDate;
}

/** One ledger entry to be told to a partner that takes entries (`delta`): each exactly once. */
export interface EntryChange {
  /** The entry's id: the same entry is never told twice under one placement. */
  readonly id: string;
  readonly kind: LedgerEntryKind;
  /** Minor units, above zero. */
  readonly amountMinor: number;
  /** What the entry does to the balance: negative for a payment, positive for a fee or a reversal; an adjustment is either. */
  readonly effectMinor: number;
  readonly effectiveOn: IsoDate;
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
  /**
   * The ledger entry that this change tells, for files that carry entries; otherwise null, and the change is the position
   * itself. With an entry, `amountMinor` is what the partner holds once it has taken the entry in.
   */
  readonly entry: EntryChange | null;
}
