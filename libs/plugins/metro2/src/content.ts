import type { JsonValue, PositionContent } from '@concord/plugin-sdk';

/** Why a tradeline ends. */
export type Ending = 'paid' | 'settled' | 'deleted';

/**
 * What a bureau should hold for one debt: everything that the record says, except the balance, which is the position's
 * amount, and the dates that belong to the file. Money is in cents; the file carries whole dollars. Names and addresses are
 * as the case has them.
 */
export interface Tradeline {
  readonly ending: Ending | null;
  readonly accountNumber: string;
  readonly dateOpened: string | null;
  readonly assessedMinor: number;
  readonly dateFirstDelinquency: string | null;
  readonly lastPayment: { readonly on: string; readonly amountMinor: number } | null;
  readonly originalCreditor: { readonly name: string; readonly classification: string } | null;
  /** Whom the office bought the debt from. Left out where it did not. */
  readonly purchasedFrom?: string;
  readonly specialComment: string | null;
  readonly complianceCondition: string | null;
  readonly consumerInformation: string | null;
  readonly primary: Consumer;
  readonly associated: readonly AssociatedConsumer[];
}

export interface Consumer {
  /** The party's id: finds the same person in what was told before. */
  readonly party: string;
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly generation: string | null;
  readonly telephone: string | null;
  /**
   * Names of the encrypted identifiers; their values are known only while a file is encoded. In Canada the number is the
   * Social Insurance Number.
   */
  readonly socialSecurityNumber: { readonly identifier: string } | null;
  readonly dateOfBirth: { readonly identifier: string } | null;
  readonly ecoa: string;
  /** A bankruptcy of this consumer alone. That of the primary one stands with the tradeline. */
  readonly ownInformation: string | null;
  readonly address: Address | null;
}

export interface Address {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

/** Another consumer on the account; without an address of their own they live with the primary one. */
export type AssociatedConsumer = Consumer;

/** A tradeline as position content. Its members are JSON already; only the type is widened. */
export function contentOf(tradeline: Tradeline): PositionContent {
  return tradeline as unknown as { readonly [field: string]: JsonValue };
}

/** The tradeline in position content that this plugin made. */
export function tradelineIn(content: PositionContent): Tradeline {
  return content as unknown as Tradeline;
}
