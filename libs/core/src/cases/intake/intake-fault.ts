import type { IntakeRow } from '../domain/intake-row.js';

/** One thing wrong with an intake file. */
export interface IntakeFault {
  /** `row` sets aside that row only; `file` means that nothing after it was read. */
  readonly severity: 'file' | 'row';
  /** Physical line on which the row begins, from 1, the header included. */
  readonly line: number;
  /** Column of the CSV form, or path in the JSON form (`debtor.address.city`); null when the row as a whole is meant. */
  readonly column: string | null;
  /** What stood there, cut to 80 characters. What may identify a person is replaced by its length. */
  readonly value: string | null;
  /** What to mend, to be read after the column's name. */
  readonly reason: string;
}

/** A row, or everything that is wrong with it. */
export type IntakeItem =
  | { readonly line: number; readonly row: IntakeRow; readonly faults?: undefined }
  | { readonly line: number; readonly faults: readonly IntakeFault[]; readonly row?: undefined };

/** The end of a column's name, in either form, when its values are encrypted wherever they are kept. */
const IDENTIFYING = /(?:^|\.)(?:ssn|sin|date_?of_?birth)$/i;

/** Nine digits grouped as identity numbers are: a shifted column may bring one into a field where nobody expects it. */
const NINE_DIGITS = /^\D*\d{3}[\s-]?\d{2,3}[\s-]?\d{3,4}\D*$/;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** A value as a fault may show it. Structures are not shown: they may hold anything. */
export function shownValue(column: string, value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  const text = String(value).toWellFormed().replace(CONTROL, '\ufffd');
  if (text === '') return null;
  if (IDENTIFYING.test(column) || NINE_DIGITS.test(text)) return `(${text.length} characters)`;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
