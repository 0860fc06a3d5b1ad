import { decimalFromMoney } from '../../money/domain/format-money.js';
import type { Column, Row, Value } from './report.js';

/** A spreadsheet would take these for the beginning of a formula, also in their wide forms, and after a tab or a line end. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

/** One line of CSV with its end, as RFC 4180 has it. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (QUOTED.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\r\n`;
}

/** The line of a row: amounts as decimals of its currency, dates as YYYY-MM-DD, several words joined by semicolons. */
export function csvRow(columns: readonly Column[], row: Row): string {
  return csvLine(columns.map((column) => csvField(column, row)));
}

/**
 * Text that begins like a formula gets an apostrophe in front, so that no spreadsheet carries out what a source or a
 * partner wrote. Amounts and numbers are ours and stay as they are: -12.50 is no formula.
 */
export function plainText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function csvField({ key, kind }: Column, row: Row): string {
  const value = row[key] ?? null;
  if (value === null) return '';
  if (kind === 'money') return decimalFromMoney(Number(value), String(row['currency']));
  if (kind === 'text' || kind === 'list') return plainText(words(value));
  return words(value);
}

/** A value as text: several words joined. */
export function words(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}
