import { intakeAddress } from '../../cases/domain/intake-party.js';
import { day, telephone } from '../../cases/domain/intake-text.js';
import type { PostalAddress } from './address-likeness.js';

/** Where a partner says that somebody was found. */
export interface FoundContact {
  /** The number by which the partner knows the party, without leading zeros; null where it names nobody. */
  readonly partyNumber: string | null;
  readonly address: PostalAddress | null;
  /** Digits. */
  readonly telephone: string | null;
  /** The day that the partner says, `YYYY-MM-DD`. */
  readonly on: string | null;
}

/** What a partner may say of a telephone that is the party's own; at any other, somebody else learns of the debt (US-REGF-06). */
const OWN_TELEPHONES: ReadonlySet<string> = new Set(['home', 'cell', 'mobile']);

/**
 * Reads the details of a finding `contact-found`: `street1`, `street2`, `city`, `region`, `postalCode`, `country`,
 * `telephone`, `telephoneType`, `debtor` and `on`, each a text. An address or a telephone that could not have come in with a
 * debt is not one; neither is a telephone of an employer, a spouse or a fax machine, nor one of a type that is not known.
 *
 * @param country the office's, where the partner names none
 * @returns null where there is neither a whole address nor a telephone that can be kept
 */
export function foundContact(details: Readonly<Record<string, unknown>>, country: string): FoundContact | null {
  const text = (key: string): string | null => {
    const value = details[key];
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return trimmed === '' ? null : trimmed;
  };
  const address = intakeAddress.safeParse({
    line1: text('street1'),
    line2: text('street2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postalCode'),
    country: text('country') ?? country,
  });
  const type = text('telephoneType');
  const digits =
    type === null || OWN_TELEPHONES.has(type) ? telephone.safeParse(text('telephone')) : { data: undefined };
  if (address.data === undefined && digits.data === undefined) return null;
  const number = text('debtor')?.replace(/^0+/, '') ?? '';
  return {
    partyNumber: number === '' ? null : number,
    address: address.data ?? null,
    telephone: digits.data ?? null,
    on: day.safeParse(text('on')).data ?? null,
  };
}
