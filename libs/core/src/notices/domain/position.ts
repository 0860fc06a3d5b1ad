import type { AddressSnapshot, DebtSnapshot, IsoDate, ItemisationSnapshot, PartySnapshot } from '@concord/plugin-sdk';
import type { Entry } from '../../cases/domain/ledger/entry.js';
import type { ConsentPurpose } from '../../parties/domain/party-words.js';

/** What is known of writing letters to a debtor, whichever of the debtor's entries it stands with. */
export interface PostWishes {
  /** Letters are not to be used, or those that could be have ended. */
  readonly notUsed: boolean;
  /** Purposes for which consent to letters was withdrawn, and not given again. */
  readonly withdrawn: readonly ConsentPurpose[];
}

/** A debt with all that decides whether a letter about it may go, and what it says: read under the lock of its case. */
export interface NoticePosition {
  readonly debtId: string;
  readonly caseId: string;
  readonly number: number;
  readonly sourceReference: string;
  readonly type: string;
  readonly originalCreditor: string | null;
  readonly incurredOn: IsoDate | null;
  readonly itemisedOn: IsoDate | null;
  readonly currency: string;
  /** The debt as rules see it, whoever was asked to act for the office; the debtor is among its parties. */
  readonly snapshot: DebtSnapshot;
  readonly entries: readonly Entry[];
  /** Mail came back from the debtor's address, and nobody has verified it since. */
  readonly addressReturned: boolean;
  readonly post: PostWishes;
  /** A validation notice was sent and did not come back. */
  readonly validated: boolean;
  /** Kinds of notices that are made or released and not posted. */
  readonly underWay: readonly string[];
}

/** The one whom a letter is written to. */
export function debtorOf({ snapshot }: Pick<NoticePosition, 'snapshot'>): PartySnapshot {
  return snapshot.parties.find(({ role }) => role === 'debtor')!;
}

/** A payment, or below zero what was taken back of one. */
export interface ListedPayment {
  readonly on: IsoDate;
  readonly amountMinor: number;
}

/** What a letter says of a debt on a day. Amounts in minor units. */
export interface LetterFacts {
  readonly on: IsoDate;
  readonly addressee: { readonly name: string; readonly address: AddressSnapshot };
  readonly debt: {
    readonly number: number;
    readonly reference: string;
    readonly type: string;
    readonly creditor: string | null;
    readonly incurredOn: IsoDate | null;
    readonly currency: string;
  };
  readonly balance: {
    readonly totalMinor: number;
    readonly principalMinor: number;
    readonly interestMinor: number;
    readonly feeMinor: number;
    readonly costMinor: number;
  };
  readonly itemisation: ItemisationSnapshot | null;
  /** Payments since the itemisation, or all where there is none; of many the last ones. */
  readonly payments: readonly ListedPayment[];
  /** The sum of those that are not listed. */
  readonly earlierPaymentsMinor: number;
}
