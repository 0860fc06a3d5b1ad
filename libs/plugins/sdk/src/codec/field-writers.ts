import { withoutAccents, withoutOuterBlanks } from './characters.js';
import { isCalendarDay, isTimeOfDay, parseDatePattern } from './date-pattern.js';
import { asTextRow, encodedRowWriter, isEncodedRow } from './encoded-digits.js';
import type { FieldWriter } from './field-codec.js';
import { numberCodec } from './encoded-number.js';
import type { DigitsField, FieldLayout, MoneyField, NumberField, TextField } from './layout.js';
import { writtenMoneyWriter, writtenNumber } from './written-money.js';

const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

const NO_WIDE_CHARACTERS: ReadonlyMap<number, number> = new Map();

/**
 * The writer of a field, or null where the value never comes from a record (fillers, constants, record lengths).
 *
 * @param narrow working byte for each character code below 256, 0 where it is not allowed
 * @param wide the same for the characters from 256 on that the set has
 */
export function fieldWriter(
  field: FieldLayout,
  narrow: Uint8Array,
  wide: ReadonlyMap<number, number> = NO_WIDE_CHARACTERS,
): FieldWriter | null {
  if (isEncodedRow(field)) return encodedRowWriter(field, fieldWriter(asTextRow(field), narrow, wide)!);
  switch (field.type) {
    case 'text':
      return textWriter(field, narrow, wide);
    case 'digits':
      return digitsWriter(field);
    case 'money':
    case 'number':
      return anyNumberWriter(field);
    case 'date':
      return dateWriter(field.start - 1, field.pattern);
    case 'timestamp':
      return timestampWriter(field.start - 1, field.pattern);
    case 'constant':
    case 'filler':
    case 'record-length':
      return null;
  }
}

function textWriter(field: TextField, narrow: Uint8Array, wide: ReadonlyMap<number, number>): FieldWriter {
  const offset = field.start - 1;
  const { length } = field;
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const truncate = field.truncate === true;
  const right = field.justify === 'right';
  const overDefault = field.default !== undefined;
  // Codes repeat from record to record: most are known without a look at the list.
  let lastCode = '';

  const put = (text: string, bytes: Uint8Array, at: number): boolean => {
    const start = at + offset + (right ? length - text.length : 0);
    if (overDefault) bytes.fill(SPACE, at + offset, at + offset + length);
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      const byte = code < 256 ? narrow[code]! : (wide.get(code) ?? 0);
      if (byte === 0) return false;
      bytes[start + i] = byte;
    }
    return true;
  };

  return (value, bytes, at) => {
    if (typeof value !== 'string') return 'text';
    let text = value;
    if (text.charCodeAt(0) === SPACE || text.charCodeAt(text.length - 1) === SPACE) text = withoutOuterBlanks(text);
    if (codes !== null && text !== lastCode && text !== '') {
      if (!codes.has(text)) return 'code-list';
      lastCode = text;
    }
    if (text.length <= length && put(text, bytes, at)) return null;
    text = withoutAccents(text);
    if (text.length > length) {
      if (!truncate) return 'length';
      text = text.slice(0, length);
    }
    return put(text, bytes, at) ? null : 'characters';
  };
}

function digitsWriter(field: DigitsField): FieldWriter {
  const offset = field.start - 1;
  const { length } = field;
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const pad = field.pad === ' ' ? SPACE : ZERO;
  return (value, bytes, at) => {
    let text: string;
    if (typeof value === 'string') text = value;
    else if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) text = String(value);
    else return 'digits';
    if (text.length > length) return 'length';
    const start = at + offset + length - text.length;
    for (let i = at + offset; i < start; i += 1) bytes[i] = pad;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code < ZERO || code > NINE) return 'digits';
      bytes[start + i] = code;
    }
    if (codes !== null && !codes.has(text) && !codes.has(text.padStart(length, '0'))) return 'code-list';
    return null;
  };
}

function anyNumberWriter(field: NumberField | MoneyField): FieldWriter {
  const codec = numberCodec(field);
  if (codec !== null) {
    const signed = field.signed === true;
    return (value, bytes, at) => {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || (value < 0 && !signed)) return 'number';
      return codec.write(value, bytes, at) ? null : 'length';
    };
  }
  const written = writtenNumber(field);
  if (written !== null) return writtenMoneyWriter(written);
  return numberWriter(field.start - 1, field.length, field.pad === ' ');
}

function numberWriter(offset: number, length: number, blankFilled: boolean): FieldWriter {
  return (value, bytes, at) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return 'number';
    let rest = value;
    const first = at + offset;
    let position = first + length - 1;
    for (; position >= first; position -= 1) {
      const tens = rest < 0x40000000 ? (rest / 10) | 0 : Math.floor(rest / 10);
      bytes[position] = ZERO + (rest - tens * 10);
      rest = tens;
    }
    if (rest !== 0) return 'length';
    if (blankFilled) {
      for (let i = first; i < first + length - 1 && bytes[i] === ZERO; i += 1) bytes[i] = SPACE;
    }
    return null;
  };
}

/** The number that `count` ASCII digits of a text spell, or -1. */
function digitsAt(text: string, from: number, count: number): number {
  let number = 0;
  for (let i = from; i < from + count; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function copyDigits(text: string, from: number, count: number, bytes: Uint8Array, to: number): void {
  for (let i = 0; i < count; i += 1) bytes[to + i] = text.charCodeAt(from + i);
}

function isIsoDay(text: string): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    isCalendarDay(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2))
  );
}

function dateWriter(offset: number, pattern: string): FieldWriter {
  const place = parseDatePattern(pattern, false)!;
  return (value, bytes, at) => {
    if (typeof value !== 'string' || value.length !== 10 || !isIsoDay(value)) return 'date';
    const start = at + offset;
    copyDigits(value, 0, 4, bytes, start + place.year);
    copyDigits(value, 5, 2, bytes, start + place.month);
    copyDigits(value, 8, 2, bytes, start + place.day);
    for (const { offset: literal, byte } of place.literals) bytes[start + literal] = byte;
    return null;
  };
}

function timestampWriter(offset: number, pattern: string): FieldWriter {
  const place = parseDatePattern(pattern, true)!;
  return (value, bytes, at) => {
    if (typeof value !== 'string' || value.length !== 19 || !isIsoDay(value)) return 'timestamp';
    if (value.charAt(10) !== 'T' || value.charAt(13) !== ':' || value.charAt(16) !== ':') return 'timestamp';
    if (!isTimeOfDay(digitsAt(value, 11, 2), digitsAt(value, 14, 2), digitsAt(value, 17, 2))) return 'timestamp';
    const start = at + offset;
    copyDigits(value, 0, 4, bytes, start + place.year);
    copyDigits(value, 5, 2, bytes, start + place.month);
    copyDigits(value, 8, 2, bytes, start + place.day);
    copyDigits(value, 11, 2, bytes, start + place.hour);
    copyDigits(value, 14, 2, bytes, start + place.minute);
    copyDigits(value, 17, 2, bytes, start + place.second);
    for (const { offset: literal, byte } of place.literals) bytes[start + literal] = byte;
    return null;
  };
}
