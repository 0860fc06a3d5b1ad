import type {
  AddressSnapshot,
  IsoDate,
  ItemisationSnapshot,
  PartySnapshot,
  ProofSnapshot,
  StopSnapshot,
} from '@concord/plugin-sdk';
import type { Entry } from '../../cases/domain/ledger/entry.js';
import type { ConsentPurpose } from '../../parties/domain/party-words.js';

/** Somebody who owes, as a letter needs to know them. */
export type NoticeParty = Pick<
  PartySnapshot,
  'id' | 'role' | 'kind' | 'surname' | 'firstName' | 'middleName' | 'generation' | 'address'
>;

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
  /** The debtor among them. */
  readonly parties: readonly NoticeParty[];
  readonly entries: readonly Entry[];
  /** Those that were not lifted, whatever their dates. */
  readonly stops: readonly StopSnapshot[];
  /** What hearings are on record about the debt, whatever their dates. */
  readonly hearings: readonly ProofSnapshot[];
  /** Mail came back from the debtor's address, and nobody has verified it since. */
  readonly addressReturned: boolean;
  readonly post: PostWishes;
  /** A validation notice was sent and did not come back. */
  readonly validated: boolean;
  /** Kinds of notices that are made or released and not posted. */
  readonly underWay: readonly string[];
}

/** The one whom a letter is written to. */
export function debtorOf({ parties }: NoticePosition): NoticeParty {
  return parties.find(({ role }) => role === 'debtor')!;
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
