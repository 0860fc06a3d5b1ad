import type { IsoDate } from './iso-date.js';

/** Where in an exchange that we sent a partner's answer points. */
export interface AnswerTo {
  /** The name under which our file was delivered, where the partner repeats it. */
  readonly fileName: string;
}

interface FindingBase {
  /** The partner's natural key of this statement (a payment id, file and line): the same key is applied once. */
  readonly naturalKey: string;
}

/** The partner took the position as told. */
export interface Accepted extends FindingBase {
  readonly kind: 'accepted';
  readonly reference: string;
  readonly answerTo: AnswerTo | null;
  /** The amount as the partner took it in, where it says one: a different one than we told is a difference. */
  readonly amountMinor?: number | null;
}

/** The partner refused what it was told about one position. Its content is parked until something changes. */
export interface Refused extends FindingBase {
  readonly kind: 'refused';
  readonly reference: string;
  readonly answerTo: AnswerTo | null;
  readonly code: string;
  readonly message: string;
  /** The partner's name of the field it objects to, where it says one. */
  readonly field: string | null;
}

/**
 * The partner has finished with one file of ours: every record that it did not refuse is accepted
 * (`rest: 'accepted'`), or the whole file is refused (`rest: 'refused'`).
 */
export interface FileAnswered extends FindingBase {
  readonly kind: 'file-answered';
  readonly answerTo: AnswerTo;
  readonly rest: 'accepted' | 'refused';
  readonly reason: string | null;
  /** Counts as the partner states them, compared with ours. Null where it states none. */
  readonly accepted: number | null;
  readonly refused: number | null;
}

/** Money that a partner collected for one position. Posted once by its natural key, or kept in suspense. */
export interface Paid extends FindingBase {
  readonly kind: 'paid';
  readonly reference: string;
  /** What the debtor paid. The debt goes down by this, whatever the partner keeps of it. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidOn: IsoDate;
  /** What the partner kept of it before passing the rest on; 0 where it passes on everything and bills its commission. */
  readonly commissionMinor: number;
}

/** Takes back exactly one payment that the partner reported before. */
export interface PaymentReversed extends FindingBase {
  readonly kind: 'payment-reversed';
  readonly reference: string;
  /** Natural key of the payment. */
  readonly reverses: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reversedOn: IsoDate;
  /** What the partner gives back of the commission that it kept. */
  readonly commissionMinor: number;
}

/** The balance that a partner holds, as it states it. */
export interface BalanceReported extends FindingBase {
  readonly kind: 'balance-reported';
  readonly reference: string;
  readonly amountMinor: number;
  readonly asOf: IsoDate;
  /** The office's own reference of the debt, where the partner repeats it: finds debts that were placed before Concord. */
  readonly account: string | null;
}

/** A protective fact about the debtor. Applied at once. */
export interface ProtectiveFact extends FindingBase {
  readonly kind: 'insolvent' | 'deceased' | 'disputed' | 'active-duty' | 'moratorium-started';
  readonly reference: string;
  readonly on: IsoDate | null;
  readonly details: { readonly [key: string]: string };
}

/** Something that a person at the office decides about. */
export interface Proposal extends FindingBase {
  readonly kind:
    | 'contact-found'
    | 'asset-found'
    | 'moratorium-ended'
    | 'placement-returned'
    | 'recall-contested'
    | 'status-reported'
    | 'hold-placed'
    | 'hold-cleared'
    | 'hearing-set'
    | 'judgment-entered'
    | 'filing-accepted'
    | 'filing-rejected'
    | 'offset-matched'
    | 'offset-contested'
    | 'offset-finalised'
    | 'offset-reversed';
  readonly reference: string;
  readonly details: { readonly [key: string]: string };
}

/** What partners tell us, in one vocabulary. A plugin translates between these words and one partner's language. */
export type Finding =
  Accepted | Refused | FileAnswered | Paid | PaymentReversed | BalanceReported | ProtectiveFact | Proposal;

export type FindingKind = Finding['kind'];
