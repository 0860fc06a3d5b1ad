import type { StopKind } from '@concord/plugin-sdk';

/** How one kind of debt looks in an office's books. Amounts in minor units of the office's currency. */
export interface DebtProfile {
  readonly type: string;
  readonly weight: number;
  /**
   * How the source numbers them: `#`s stand for the debt's number, with leading zeros; `{yyyy}` and `{yy}` for the year in
   * which it was incurred.
   */
  readonly reference: string;
  readonly aroseFromContract: boolean | null;
  /** Who is owed. Classification 04 is government, which each of these bodies is, whatever it supplies. */
  readonly creditor: { readonly name: string; readonly classification: string };
  /** Set tariffs, or a range in which small amounts are common and large ones rare. */
  readonly amounts: readonly number[] | { readonly from: number; readonly to: number };
  /** Days from the day it was incurred to the day it fell delinquent. */
  readonly dueDays: number;
  /** Added on the day of delinquency, 0 for none. */
  readonly lateFeeMinor: number;
  /** Interest for each full year of delinquency, in hundredths of a percent. */
  readonly yearlyInterestBasisPoints: number;
  /** Share of businesses among those who owe it. */
  readonly businessShare: number;
  /** How the office sues for it; left out where it does not. */
  readonly judgment?: JudgmentProfile;
  /** Share of persons whose letters go to somebody who acts for them, such as a deputy; none where it is left out. */
  readonly actedForShare?: number;
}

/** How judgments on one kind of debt look. All amounts and rates are invented. */
export interface JudgmentProfile {
  readonly court: string;
  /** As {@link DebtProfile.reference}. */
  readonly caseNumber: string;
  /** Share of the debts that are old and large enough. */
  readonly share: number;
  /** Days after delinquency from which the court may have decided. */
  readonly afterDays: number;
  readonly minimumMinor: number;
  /** What the court awards beside the debt; charged on the day of the judgment. */
  readonly costsMinor: number;
  readonly yearlyPercent: string | null;
}

export interface Place {
  readonly city: string;
  readonly region: string;
  /** Beginnings of postal codes; a `#` stands for a digit, an `@` for a letter. */
  readonly postalCodes: readonly string[];
}

/** A stop and what its kind needs to say. */
export interface StopProfile {
  readonly weight: number;
  readonly kind: StopKind;
  /** Whether it protects the person, and so stands on all debts of the case, or this debt only. */
  readonly protects: 'person' | 'debt';
  readonly details: { readonly [key: string]: string };
  /** Longest time since it began. */
  readonly longestDays: number;
  /** Days that it lasts by law; null where it lasts until it is lifted. */
  readonly lastsDays: number | null;
}

/** Everything that makes up the debts of one office. All of it is invented but the names of towns. */
export interface OfficeProfile {
  readonly id: string;
  readonly country: string;
  readonly currency: string;
  readonly debts: readonly DebtProfile[];
  readonly places: readonly Place[];
  readonly streets: readonly string[];
  readonly surnames: readonly string[];
  readonly firstNames: readonly string[];
  readonly companySuffixes: readonly string[];
  /** What stands between the legal name of a business and the name over its door. */
  readonly tradingAs: string;
  /** Telephone numbers kept free for fiction; a `#` stands for a digit. */
  readonly telephones: readonly string[];
  readonly identifier: { readonly kind: 'ssn'; readonly firstArea: number } | { readonly kind: 'sin' } | null;
  readonly stops: readonly StopProfile[];
}
