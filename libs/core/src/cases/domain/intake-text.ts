import { z } from 'zod';
import { isCurrency } from '../../money/domain/currency.js';

/** Control characters break the fixed-width files of partners and hide in logs; U+FFFD is what is left of a wrong encoding. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/** Whether a text can be stored, and shown in a letter: no control characters, and no halves of characters. */
export function isPrintable(value: string): boolean {
  return value.isWellFormed() && !UNPRINTABLE.test(value);
}

/** Text on one line, 1 to `longest` characters, without blanks at its ends. */
export function text(longest: number) {
  return z
    .string('must be text')
    .trim()
    .min(1, 'must not be blank')
    .max(longest, `must not be longer than ${longest} characters`)
    .refine(isPrintable, 'contains control characters or characters that were lost in another encoding');
}

/** The same value or null; a missing field and an empty text are null. */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === undefined || value === '' ? null : value), schema.nullable());
}

/** `YYYY-MM-DD`, a day that exists. */
export const day = z.iso.date('must be a date that exists, written YYYY-MM-DD');

/** ISO 4217 code in capitals. */
export const currency = z
  .string('must be text')
  .refine(isCurrency, 'must be an ISO 4217 currency code in capitals, such as USD');

/** ISO 3166-1 alpha-2 code in capitals. */
export const country = z
  .string('must be text')
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country code of two capitals, such as US');

/** How a number begins that is dialled from another country, and how at home. */
const FROM_ABROAD: readonly (readonly [beginning: RegExp, atHome: string])[] = [
  [/^(?:\+|00)1(?=\d{10}$)/, ''],
  // The 0 in brackets is the one that is dialled at home; without a plus sign no other number has twelve digits from 44 on.
  [/^(?:\+|00)?44(?:\(0\))?0?(?=[1-9]\d{8,9}$)/, '0'],
  [/^(?:\+|00)33(?:\(0\))?0?(?=[1-9]\d{8}$)/, '0'],
  // North American numbers are dialled with a leading 1: no area code of any country here begins with it.
  [/^1(?=\d{10}$)/, ''],
];

/**
 * Digits with area code, as they are dialled within the country: `+44 20 7946 0000` and `020 7946 0000` are one number, so
 * that what is not to be used is not used in either spelling. Blanks, points, hyphens and brackets are dropped.
 */
export const telephone = z
  .string('must be text')
  .transform(dialledAtHome)
  .pipe(z.string().regex(/^\d{7,15}$/, 'must have 7 to 15 digits'));

function dialledAtHome(value: string): string {
  const dialled = value.replace(/[\s./-]/g, '').replace(/\((?!0\))|(?<!\(0)\)/g, '');
  const found = FROM_ABROAD.find(([abroad]) => abroad.test(dialled));
  return (found ? dialled.replace(...found) : dialled).replace(/[()+]/g, '');
}

/**
 * Nine digits, with or without separators. One digit repeated nine times is a filler that sources write for "unknown";
 * bureaus count neither zeros nor nines as a number, and two strangers must not be matched by it.
 */
const nineDigits = z
  .string('must be text')
  .transform((value) => value.replace(/[\s-]/g, ''))
  .pipe(
    z
      .string()
      .regex(/^\d{9}$/, 'must have nine digits')
      .refine((value) => !/^(\d)\1{8}$/.test(value), 'is a filler, not a number: leave it blank'),
  );

/** United States Social Security number, nine digits. */
export const socialSecurityNumber = nineDigits;

/** Canadian Social Insurance number, nine digits of which the last is a check digit (Luhn). */
export const socialInsuranceNumber = nineDigits.refine(luhnHolds, 'fails its check digit');

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    // The second digit from the right and every other one before it count double, as the sum of their digits.
    const doubled = Number(digits[index]) * ((digits.length - index) % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
