import type { Verdict } from '../sftp/arrivals.ts';
import { readJson, writeWhole } from '../sftp/state-folder.ts';
import type { CommandResult } from './commands.ts';

/** `recall-pending` is still held; `recalled`, `returned` and `refused` are not. */
export type HoldingState = 'open' | 'recall-pending' | 'recalled' | 'returned' | 'refused';

/** Something that happened to an account. `file` is the file that told it, either way. */
export interface HistoryItem {
  readonly on: string;
  readonly what: string;
  readonly amountMinor?: number;
  /** A payment identifier, a status code, a recall reason. */
  readonly reference?: string;
  readonly file?: string;
}

/** One account as the agency has it. Money in cents, dates `YYYY-MM-DD`. */
export interface HeldAccount {
  account: string;
  /** The debtor first, then who owes with them. Empty for an account that was held since before. */
  debtorNumbers: readonly string[];
  state: HoldingState;
  /** As received with the placement. */
  placedMinor: number;
  /** placed - collected - what the office told as paid or lowered + what it told as reversed or raised. */
  balanceMinor: number;
  placedOn: string;
  /**
   * Collected less bounced since the placement, remitted or not. An account that is placed again begins with what was
   * collected before and not yet remitted: the office, not knowing of it, placed that much too much.
   */
  collectedMinor: number;
  /** What of the collected was told in APAY files: payments less reversals. */
  remittedMinor: number;
  lastPayment: { readonly on: string; readonly amountMinor: number } | null;
  recall: { readonly reason: string; readonly objectUntil: string | null } | null;
  /** Status code after which the agency stops working the account by itself (DIS, BKY, DEC). */
  stopped: string | null;
  /** Titles and values that came with the placement. */
  miscellaneous: { readonly [title: string]: string };
  /** Amounts of the office's payments and adjustments by identifier, as ever told for this account. */
  told: { [identifier: string]: number };
  readonly history: HistoryItem[];
}

/** Money that the agency collected. */
export interface CollectedPayment {
  readonly identifier: string;
  readonly fileNumber: string;
  readonly amountMinor: number;
  readonly on: string;
  reversed: boolean;
  reversedOn: string | null;
  /** Name of the first APAY file that told the payment. */
  remittedIn: string | null;
  /** Name of the first APAY file that told its reversal. */
  reversalRemittedIn: string | null;
}

export type ViolationRule =
  /** A CACT for an account that the agency already holds. */
  | 'doublePlacement'
  /** The same payment identifier told twice for one account. */
  | 'doubleEntry'
  /** The agency's own payment told back to it. */
  | 'echoedPayment'
  /** A file number with another account than it was placed with. */
  | 'accountMismatch';

/** Something that the office must never do. */
export interface Violation {
  readonly rule: ViolationRule;
  readonly on: string;
  readonly file: string;
  readonly fileNumber: string;
  readonly detail: string;
}

/** Something that may cross with what the agency did, and is only noted. */
export interface Note {
  readonly what: 'payment-not-held' | 'recall-not-held';
  readonly on: string;
  readonly file: string;
  readonly fileNumber: string;
  readonly reference: string;
}

/** A file that the agency wrote. */
export interface SentFile {
  readonly name: string;
  readonly on: string;
  readonly records: number;
  /** Why it was written: `answer`, `self`, or the command. */
  readonly cause: string;
}

/** What the agency knows of one office. One file on disk, replaced in one step: `books/USER.json`. */
export interface AgencyBooks {
  readonly accounts: { [fileNumber: string]: HeldAccount };
  readonly payments: CollectedPayment[];
  readonly violations: Violation[];
  readonly notes: Note[];
  readonly files: SentFile[];
  nextFile: number;
  nextPayment: number;
  /** Name of the last true remittance; what `resend`, `correct` and `contradict` repeat. */
  lastRemittance: string | null;
  /** The arrival that these books were last written for; a kill can't part the two. */
  lastVerdict: Verdict | null;
  /** The command that these books were last written for. */
  lastCommand: { readonly id: string; readonly result: CommandResult } | null;
}

export function loadBooks(path: string): AgencyBooks {
  return (readJson(path) as AgencyBooks | undefined) ?? emptyBooks();
}

export function saveBooks(path: string, books: AgencyBooks): void {
  writeWhole(path, JSON.stringify(books));
}

export function emptyBooks(): AgencyBooks {
  return {
    accounts: {},
    payments: [],
    violations: [],
    notes: [],
    files: [],
    nextFile: 1,
    nextPayment: 1,
    lastRemittance: null,
    lastVerdict: null,
    lastCommand: null,
  };
}

export function isHeld(account: HeldAccount | undefined): account is HeldAccount {
  return account?.state === 'open' || account?.state === 'recall-pending';
}

/** File numbers of the accounts that are held, in order. */
export function heldFileNumbers(books: AgencyBooks): string[] {
  return Object.keys(books.accounts)
    .filter((fileNumber) => isHeld(books.accounts[fileNumber]))
    .sort();
}
