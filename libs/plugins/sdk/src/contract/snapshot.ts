import type { IsoDate } from './iso-date.js';
import type { IdentifierReference, JsonValue } from './position.js';

/** The acts that rules judge. A plugin's position names the one it performs. */
export const ACTS = [
  'report',
  'place',
  'intercept',
  'suspend',
  'hold',
  'file-claim',
  'enforce-judgment',
  'garnish',
  'lien',
  'disconnect',
  'direct-debit',
  'contact',
] as const;
export type Act = (typeof ACTS)[number];

/** Why an office must hold back. Which acts each kind blocks, restrains, closes or withdraws is a table of the rules. */
export const STOP_KINDS = [
  'insolvency',
  'moratorium',
  'dispute',
  'deceased',
  'active-duty',
  'minor',
  'hardship',
  'do-not-contact',
  'hearing-pending',
  'appeal',
  'judicial-stay',
  'vulnerability',
  /** A payment arrangement that is kept: placed and lifted by the arrangement itself, never by a person. */
  'arrangement',
] as const;
export type StopKind = (typeof STOP_KINDS)[number];

export interface StopSnapshot {
  readonly id: string;
  readonly kind: StopKind;
  /**
   * The party that it is about, where it is about one: a co-debtor's stop marks that person, not the debtor. Left out or
   * null: it is about the debt as a whole.
   */
  readonly partyId?: string | null;
  /** First and last day on which the stop holds; no last day means until it is lifted. */
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate | null;
  /** What the kind needs, e.g. `{ chapter: '13' }` for an insolvency in the United States. */
  readonly details: { readonly [key: string]: JsonValue | undefined };
}

/** What shows that a duty was met. A rule that needs proof passes only on stored proof. */
export const PROOF_KINDS = [
  /** A letter or an electronic message about the debt was sent to the debtor. */
  'notice-sent',
  /** That letter or message came back as undeliverable. */
  'notice-returned',
  /** The office spoke with the debtor about the debt, in person or by telephone. */
  'conversation-held',
  /** A certificate of another office, e.g. that somebody is not on active duty. */
  'certificate',
  'hearing-outcome',
  'document',
] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];

export interface ProofSnapshot {
  readonly kind: ProofKind;
  readonly on: IsoDate;
  /** What kind of notice, certificate, hearing or document it is; null or left out where nobody has said. */
  readonly subject?: string | null;
  /** How a notice went; null or left out where nobody has said, or where it is none. */
  readonly method?: string | null;
  /** Whether a notice has a number by which its carrier traces it. */
  readonly tracked?: boolean;
  /** How a hearing left the debt. */
  readonly outcome?: 'upheld' | 'varied' | 'set-aside' | 'adjourned' | null;
}

/** What was owed on the itemisation date, and what came to it since. Minor units. */
export interface ItemisationSnapshot {
  readonly on: IsoDate;
  readonly balanceMinor: number;
  readonly interestSinceMinor: number;
  readonly feesSinceMinor: number;
  /** Payments less their reversals and less what was given back to the debtor. */
  readonly paymentsSinceMinor: number;
  /** Adjustments, credit notes, waivers and write-offs, less their reversals. */
  readonly creditsSinceMinor: number;
}

export interface PartySnapshot {
  readonly id: string;
  /** Concord's own number of the party: digits only, never reused, safe to show to a partner. */
  readonly number: string;
  readonly role: 'debtor' | 'co-debtor' | 'guarantor';
  readonly kind: 'person' | 'business';
  /** A person's family name, or a business's whole name. */
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly generation: string | null;
  readonly address: AddressSnapshot | null;
  /** The office's day on which that address took the place of another; null or left out where it never did. */
  readonly addressSince?: IsoDate | null;
  /** Digits only, with area code. */
  readonly telephone: string | null;
  /** Which identifiers are on file. Their values never appear in a snapshot. */
  readonly identifiers: { readonly [kind in IdentifierKind]?: IdentifierReference };
}

export const IDENTIFIER_KINDS = ['ssn', 'sin', 'date-of-birth'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export interface AddressSnapshot {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  /** State or province code; county or blank in the United Kingdom. */
  readonly region: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Sums of the ledger of one debt, in minor units. `balance` = assessed + interest + fees - paid - adjusted - writtenOff. */
export interface LedgerSnapshot {
  readonly assessedMinor: number;
  readonly interestMinor: number;
  readonly feesMinor: number;
  /** Payments less their reversals and less what was given back to the debtor. */
  readonly paidMinor: number;
  /** Adjustments, credit notes and waivers, less their reversals. */
  readonly adjustedMinor: number;
  readonly writtenOffMinor: number;
  readonly balanceMinor: number;
  /** The office accepted less than the full debt in settlement. */
  readonly settled: boolean;
  readonly lastPayment: { readonly on: IsoDate; readonly amountMinor: number } | null;
}

export interface ReferralSnapshot {
  readonly id: string;
  readonly madeOn: IsoDate;
  readonly capMinor: number | null;
  readonly expiresOn: IsoDate | null;
}

/** Everything that rules and `desire` may look at for one debt. Pure data: no identifiers, no clock, no database. */
export interface DebtSnapshot {
  readonly caseId: string;
  /** Version of the case that this was read at. */
  readonly caseVersion: number;
  readonly jurisdiction: { readonly id: string; readonly country: string; readonly currency: string };
  readonly debt: {
    readonly id: string;
    /** Concord's own number of the debt: digits only, never reused, safe to show to a partner. */
    readonly number: string;
    readonly sourceReference: string;
    readonly type: string;
    /** Whether the debt arose from a contract or an agreement to pay; null where nobody has said. */
    readonly aroseFromContract: boolean | null;
    readonly originalCreditor: { readonly name: string; readonly classification: string } | null;
    readonly incurredOn: IsoDate | null;
    /** Date of first delinquency: never reset by placement, sale or payment. */
    readonly delinquentOn: IsoDate | null;
    /** Kind of debt in words that are the same for every office, e.g. `tax`, `fine`, `utility`; null where it has none. */
    readonly family?: string | null;
    readonly dueOn?: IsoDate | null;
    /** Day of the judgment for the debt; null where there is none. */
    readonly judgmentOn?: IsoDate | null;
    /** Last day on which that judgment may be enforced, as last renewed; null where none is on record. */
    readonly judgmentUntil?: IsoDate | null;
  };
  /** Null where the office has not said on which date the debt is itemised. */
  readonly itemisation: ItemisationSnapshot | null;
  readonly parties: readonly PartySnapshot[];
  readonly ledger: LedgerSnapshot;
  /** Stops in force on the date of judgement that reach this debt, whatever their scope. */
  readonly stops: readonly StopSnapshot[];
  /** Proofs on record for this debt, by date. */
  readonly proofs: readonly ProofSnapshot[];
  /** The referral in force to the connector in question, if there is one. */
  readonly referral: ReferralSnapshot | null;
  /** Where no referral to the connector is in force: the one that ended last, or null when there never was one. */
  readonly endedReferral: { readonly id: string; readonly endedOn: IsoDate } | null;
}

/**
 * What the rules say about one act on one debt on one date.
 *
 * - `allow`: nothing is in the way.
 * - `restrain`: may stand only with its mark (disputed, bankrupt); may not be opened unmarked.
 * - `block`: may not be opened or made more adverse; what stands may only shrink.
 * - `close`: must end, as what it has become (paid, settled).
 * - `withdraw`: must be taken back as if it should not stand.
 */
export type Outcome = 'allow' | 'restrain' | 'block' | 'close' | 'withdraw';

export interface Reason {
  /** Id in the rule register (`US-NCAP-01`), or `STOP:<kind>`, or `REFERRAL`. */
  readonly rule: string;
  readonly outcome: Outcome;
  /** In words that could be read aloud to the debtor. */
  readonly reason: string;
  readonly citation: string | null;
  /** First day on which this could pass, where the rule knows one. */
  readonly earliestOn: IsoDate | null;
  /** The proof whose absence is all that stands in the way, in words; null or left out where there is none. */
  readonly missing?: string | null;
}

export interface Decision {
  readonly outcome: Outcome;
  /** Everything that did not pass, strictest first. */
  readonly reasons: readonly Reason[];
}
