import { telephone } from '../../cases/domain/intake-text.js';
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

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads the details of a finding `contact-found`: `street1`, `street2`, `city`, `region`, `postalCode`, `country`,
 * `telephone`, `debtor` and `on`, each a text.
 *
 * @param country the office's, where the partner names none
 * @returns null where there is neither a whole address nor a telephone
 */
export function foundContact(details: Readonly<Record<string, unknown>>, country: string): FoundContact | null {
  const text = (key: string): string | null => {
    const value = details[key];
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return trimmed === '' ? null : trimmed;
  };
  const [line1, city, postalCode] = [text('street1'), text('city'), text('postalCode')];
  const address =
    line1 && city && postalCode
      ? {
          line1,
          line2: text('street2'),
          city,
          region: text('region') ?? '',
          postalCode,
          country: text('country') ?? country,
        }
      : null;
  const digits = telephone.safeParse(text('telephone') ?? '');
  const number = text('debtor')?.replace(/^0+/, '') ?? '';
  const on = text('on');
  if (!address && !digits.success) return null;
  return {
    partyNumber: number === '' ? null : number,
    address,
    telephone: digits.success ? digits.data : null,
    on: on !== null && DAY.test(on) ? on : null,
  };
}
