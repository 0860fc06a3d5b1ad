import { withoutAccents, withoutOuterBlanks } from '../characters.js';
import { fieldWriter } from '../field-writers.js';
import type { FieldLayout } from '../layout.js';
import { fixedDate, isLonger, isWithPoint } from './cell-readers.js';
import type {
  DelimitedDigitsField,
  DelimitedField,
  DelimitedMoneyField,
  DelimitedNumberField,
  DelimitedTextField,
} from './delimited-layout.js';
import type { TextCoding } from './text-coding.js';

/**
 * Control characters never stand in a file; line breaks do where a column may go over several lines. Nor do a byte order
 * mark in the middle and the character that stands for lost ones.
 */
const CONTROL = /[\p{Cc}\ufeff\ufffd]/u;
const CONTROL_BUT_LINES = /(?!\n)[\p{Cc}\ufeff\ufffd]/u;

/** Room for the longest number with its point and sign. */
const LONGEST_NUMBER = 18;

/** What text cells are written with. */
export interface TextRules {
  readonly coding: TextCoding;
  readonly upperCase: boolean;
}

/** Writes one present value into `cells[index]`. Gives the name of the broken rule, or null. */
export type CellWriter = (value: unknown, cells: string[], index: number) => string | null;

/**
 * The writer of a column, or null where the value never comes from a record.
 *
 * A text is written as it is, even where it begins with `=`, `+`, `-` or `@`. A spreadsheet would take such a cell for a
 * formula, but a partner's program reads these files, and a name or reference that was changed to please a spreadsheet
 * would no longer be the debtor's.
 */
export function cellWriter(field: DelimitedField, rules: TextRules): CellWriter | null {
  switch (field.type) {
    case 'text':
      return textWriter(field, rules);
    case 'digits':
      return digitsWriter(field);
    case 'number':
      return numberWriter(field);
    case 'money':
      return moneyWriter(field);
    case 'date':
    case 'timestamp':
      return asFixedWidth(fixedDate(field), field.length);
    case 'constant':
    case 'filler':
      return null;
  }
}

function textWriter(field: DelimitedTextField, { coding, upperCase }: TextRules): CellWriter {
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const { length } = field;
  const control = field.lines === true ? CONTROL_BUT_LINES : CONTROL;
  return (value, cells, index) => {
    if (typeof value !== 'string') return 'text';
    let text = withoutOuterBlanks(field.lines === true ? value.replaceAll('\r\n', '\n') : value);
    if (codes !== null && text !== '' && !codes.has(text)) return 'code-list';
    if (upperCase) text = text.toUpperCase();
    if (control.test(text)) return 'characters';
    if (!coding.carries(text)) {
      text = withoutAccents(text);
      if (!coding.carries(text)) return 'characters';
    }
    if (length !== undefined && isLonger(text, length)) {
      if (field.truncate !== true) return 'length';
      text = withoutOuterBlanks(Array.from(text).slice(0, length).join(''));
    }
    cells[index] = text;
    return null;
  };
}

function digitsWriter(field: DelimitedDigitsField): CellWriter {
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const { length, pad } = field;
  return (value, cells, index) => {
    let text: string;
    if (typeof value === 'string') text = value;
    else if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) text = String(value);
    else return 'digits';
    if (!/^\d+$/.test(text)) return 'digits';
    if (length !== undefined && text.length > length) return 'length';
    if (pad === '0') text = text.padStart(length ?? 0, '0');
    if (codes !== null && !codes.has(text)) return 'code-list';
    cells[index] = text;
    return null;
  };
}

function numberWriter(field: DelimitedNumberField): CellWriter {
  const { name, signed } = field;
  const place = { name, start: 1, length: numberLength(field), pad: padOf(field) };
  return asFixedWidth({ ...place, type: 'number', signed: signed === true }, field.length);
}

function moneyWriter(field: DelimitedMoneyField): CellWriter {
  const write = asFixedWidth(
    {
      name: field.name,
      type: 'money',
      start: 1,
      length: numberLength(field),
      pad: padOf(field),
      decimals: field.decimals,
      point: isWithPoint(field),
      signed: field.signed === true,
    },
    field.length,
  );
  if (field.point !== 'comma') return write;
  return (value, cells, index) => {
    const rule = write(value, cells, index);
    if (rule === null) cells[index] = cells[index]!.replace('.', ',');
    return rule;
  };
}

function numberLength(field: { readonly length?: number; readonly pad?: '0' }): number {
  return field.pad === '0' ? (field.length ?? LONGEST_NUMBER) : LONGEST_NUMBER;
}

function padOf(field: { readonly pad?: '0' }): '0' | ' ' {
  return field.pad === '0' ? '0' : ' ';
}

/** Writes the value as a fixed-width record of one field, and takes its padding off. */
function asFixedWidth(field: FieldLayout, most: number | undefined): CellWriter {
  const write = fieldWriter(field, new Uint8Array(256))!;
  const bytes = Buffer.alloc(field.length);
  return (value, cells, index) => {
    bytes.fill(0x20);
    const rule = write(value, bytes, 0);
    if (rule !== null) return rule;
    const text = withoutOuterBlanks(bytes.toString('latin1'));
    if (most !== undefined && text.length > most) return 'length';
    cells[index] = text;
    return null;
  };
}
