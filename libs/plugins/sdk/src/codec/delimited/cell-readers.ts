import { withoutOuterBlanks } from '../characters.js';
import { parseDatePattern } from '../date-pattern.js';
import { fieldReader, type MutableRecord } from '../field-readers.js';
import type { DateField, TimestampField } from '../layout.js';
import type {
  DelimitedDateField,
  DelimitedDigitsField,
  DelimitedField,
  DelimitedMoneyField,
  DelimitedNumberField,
  DelimitedTextField,
  DelimitedTimestampField,
  Thousands,
} from './delimited-layout.js';

/** Most digits that a JavaScript number holds exactly. */
export const MOST_DIGITS = 15;

/** Reads one cell into a JSON record. Gives the broken rule's name, or null. */
export type CellReader = (cell: string, into: MutableRecord) => string | null;

/** The reader of a column, or null for columns that are not used. */
export function cellReader(field: DelimitedField, key: string): CellReader | null {
  const required = field.required === true ? 'required' : null;
  switch (field.type) {
    case 'text':
      return textReader(field, key, required);
    case 'digits':
      return digitsReader(field, key, required);
    case 'number':
    case 'money':
      return amountReader(field, key, required);
    case 'date':
    case 'timestamp':
      return dateReader(field, key, required);
    case 'constant':
      return (cell, into) => {
        if (withoutOuterBlanks(cell) !== field.value) return 'constant';
        into[key] = field.value;
        return null;
      };
    case 'filler':
      return null;
  }
}

function textReader(field: DelimitedTextField, key: string, required: string | null): CellReader {
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const { length } = field;
  return (cell, into) => {
    const value = withoutOuterBlanks(cell);
    if (value === '') return required;
    if (length !== undefined && isLonger(value, length)) return 'length';
    if (codes !== null && !codes.has(value)) return 'code-list';
    if (field.lines !== true && value.includes('\n')) return 'lines';
    into[key] = value;
    return null;
  };
}

/** Whether a text has more characters than `length`; a character outside the basic plane counts as one. */
export function isLonger(text: string, length: number): boolean {
  return text.length > length && Array.from(text).length > length;
}

function digitsReader(field: DelimitedDigitsField, key: string, required: string | null): CellReader {
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const { length, pad, zeroIsBlank } = field;
  return (cell, into) => {
    const value = withoutOuterBlanks(cell);
    if (value === '') return required;
    if (!/^\d+$/.test(value)) return 'digits';
    // Zeros that a spreadsheet dropped are not guessed back: the number could be another one.
    if (length !== undefined && (value.length > length || (pad === '0' && value.length < length))) return 'length';
    if (zeroIsBlank === true && /^0+$/.test(value)) return required;
    if (codes !== null && !codes.has(value)) return 'code-list';
    into[key] = value;
    return null;
  };
}

const GROUP_MARKS: Readonly<Record<Thousands, string>> = {
  comma: ',',
  point: '\\.',
  // Blanks that do not break stand between thousands, too.
  blank: '[ \u00a0\u202f]',
  apostrophe: "['\u2019]",
};

/** Numbers and money: digits are put together as they stand, so that no amount is ever a fraction. */
function amountReader(
  field: DelimitedNumberField | DelimitedMoneyField,
  key: string,
  required: string | null,
): CellReader {
  const pattern = amountPattern(field);
  const decimals = field.type === 'money' && isWithPoint(field) ? field.decimals : 0;
  const marks = field.thousands === undefined ? null : new RegExp(GROUP_MARKS[field.thousands], 'g');
  const { length } = field;
  return (cell, into) => {
    const value = withoutOuterBlanks(cell);
    if (value === '') return required;
    if (length !== undefined && value.length > length) return 'length';
    const found = pattern.exec(value);
    if (found === null) return 'number';
    const [, minus, whole = '', fraction = ''] = found;
    const units = marks === null ? whole : whole.replace(marks, '');
    const digits = (units + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '');
    if (digits.length > MOST_DIGITS) return 'number';
    const amount = Number(digits);
    into[key] = minus === '-' && amount !== 0 ? -amount : amount;
    return null;
  };
}

function amountPattern(field: DelimitedNumberField | DelimitedMoneyField): RegExp {
  const mark = field.thousands === undefined ? null : GROUP_MARKS[field.thousands];
  const whole = mark === null ? '\\d+' : `\\d{1,3}(?:${mark}\\d{3})+|\\d+`;
  const sign = field.signed === true ? '-?' : '';
  let fraction = '()';
  if (field.type === 'money' && isWithPoint(field)) {
    const point = field.point === 'comma' ? ',' : '\\.';
    fraction =
      field.fewerDecimals === true ? `(?:${point}(\\d{1,${field.decimals}}))?` : `${point}(\\d{${field.decimals}})`;
  }
  return new RegExp(`^(${sign})(${whole})${fraction}$`);
}

/** Whether a decimal sign stands before the decimals. */
export function isWithPoint(field: DelimitedMoneyField): boolean {
  return field.point === true || field.point === 'comma';
}

function dateReader(
  field: DelimitedDateField | DelimitedTimestampField,
  key: string,
  required: string | null,
): CellReader {
  const place = fixedDate(field);
  const { length } = parseDatePattern(field.pattern, field.type === 'timestamp')!;
  const read = fieldReader(place, key)!;
  const bytes = Buffer.alloc(length);
  return (cell, into) => {
    const value = withoutOuterBlanks(cell);
    if (value === '' || /^0+$/.test(value)) return required;
    if (value.length !== length || !/^[ -~]+$/.test(value)) return field.type;
    bytes.write(value, 'latin1');
    return read(bytes, 0, value, 0, into);
  };
}

/** The same field of a fixed-width record that is nothing else. */
export function fixedDate(field: DelimitedDateField | DelimitedTimestampField): DateField | TimestampField {
  const place = { name: field.name, start: 1, length: field.pattern.length, required: field.required === true };
  if (field.type === 'timestamp') return { ...place, type: 'timestamp', pattern: field.pattern };
  return {
    ...place,
    type: 'date',
    pattern: field.pattern,
    ...(field.none === undefined ? {} : { none: field.none }),
  };
}
