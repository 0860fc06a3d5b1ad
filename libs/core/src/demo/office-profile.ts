import type { StopKind } from '@concord/plugin-sdk';

/** How one kind of debt looks in an office's books. Amounts in minor units of the office's currency. */
export interface DebtProfile {
  readonly type: string;
  readonly weight: number;
  /** Prefix of the source references. */
  readonly prefix: string;
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
  /** Telephone numbers kept free for fiction; a `#` stands for a digit. */
  readonly telephones: readonly string[];
  readonly identifier: { readonly kind: 'ssn'; readonly firstArea: number } | { readonly kind: 'sin' } | null;
  readonly stops: readonly StopProfile[];
}
