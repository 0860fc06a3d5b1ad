import type { ItemisationSnapshot, JsonValue, PositionContent } from '@concord/plugin-sdk';
import type { DebtFacts } from './debt-facts.js';

/** Why an account is called back. The codes for these are agreed with the agency. */
export type RecallReason = 'paid' | 'settled' | 'withdrawn' | 'dispute' | 'insolvency' | 'deceased' | 'hold' | 'other';

/**
 * What an agency is told of one debt when it is placed: everything but the balance, which is the position's amount.
 * Money is in cents. An agency takes no new content for what it holds; what changes here reaches it only with the next
 * placement.
 */
export interface Placement {
  /** The office's own account number. */
  readonly account: string;
  /** What was charged: the columns of the account are made of it, less what was credited since. */
  readonly charges: { readonly assessedMinor: number; readonly interestMinor: number; readonly feesMinor: number };
  readonly lastPaidOn: string | null;
  /** The debtor first. */
  readonly debtors: readonly PlacedDebtor[];
  readonly itemisation: ItemisationSnapshot | null;
  /** Left out where the settings ask for none. */
  readonly facts?: DebtFacts;
  /** Null while the debt is placed. */
  readonly recall: Recall | null;
}

export interface Recall {
  readonly reason: RecallReason;
  /** Last day on which the agency may object; null where it may not. */
  readonly objectBy: string | null;
}

export interface PlacedDebtor {
  /** Concord's number of the party. */
  readonly number: string;
  readonly role: 'debtor' | 'co-debtor' | 'guarantor';
  readonly kind: 'person' | 'business';
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly generation: string | null;
  readonly address: {
    readonly street1: string;
    readonly street2: string | null;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
  } | null;
  readonly telephone: string | null;
  /** Names of the encrypted identifiers, where the debtor record carries them; their values are known only while a file is encoded. */
  readonly ssn: { readonly identifier: string } | null;
  readonly dateOfBirth: { readonly identifier: string } | null;
}

/** A placement as position content. Its members are JSON already; only the type is widened. */
export function contentOf(placement: Placement): PositionContent {
  return placement as unknown as { readonly [field: string]: JsonValue };
}

/** The placement in position content that this plugin made. */
export function placementIn(content: PositionContent): Placement {
  return content as unknown as Placement;
}
