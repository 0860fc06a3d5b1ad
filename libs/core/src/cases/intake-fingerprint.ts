import type { FieldCipher } from '../crypto/field-cipher.js';
import type { IntakeRow } from './domain/intake-row.js';

/**
 * The keyed digest of what a source says of one debt, by which the same row is known when it comes again. The row holds
 * identifiers: a keyed digest can't be searched for them as a plain one could.
 *
 * Fields that came later than the first databases count only where a row uses them, so that a row without them has the
 * digest that it always had, and the same file again changes nothing.
 *
 * @returns hexadecimal digits
 */
export function intakeFingerprint(cipher: FieldCipher, row: IntakeRow): string {
  const { itemisedOn, proofs, dueOn, judgment, ...always } = row;
  const used = {
    ...always,
    ...(itemisedOn === null ? {} : { itemisedOn }),
    ...(proofs.length === 0 ? {} : { proofs }),
    ...(dueOn === null ? {} : { dueOn }),
    ...(judgment === null ? {} : { judgment }),
  };
  return cipher.blindIndex('intake-row', JSON.stringify(used)).toString('hex');
}
