import { isCalendarDay, isTimeOfDay, parseDatePattern, type DatePattern } from './date-pattern.js';
import { asTextRow, encodedRowReader, isEncodedRow } from './encoded-digits.js';
import type { FieldReader, MutableRecord } from './field-codec.js';
import { numberCodec, type NumberCodec } from './encoded-number.js';
import type {
  ConstantField,
  DateField,
  DigitsField,
  FieldLayout,
  MoneyField,
  NumberField,
  TextField,
  TimestampField,
} from './layout.js';
import { writtenMoneyIn, writtenNumber, type WrittenNumber } from './written-money.js';

const SPACE = 0x20;
const ZERO = 0x30;
const LONGEST_TABLED_CODE = 2;

export type { MutableRecord };

/** The reader of a field, or null for fillers. */
export function fieldReader(field: FieldLayout, key: string): FieldReader | null {
  const required = field.required === true ? 'required' : null;
  if (isEncodedRow(field)) return encodedRowReader(field, fieldReader(asTextRow(field), key)!);
  switch (field.type) {
    case 'text':
      return isTabled(field.codes, field.length)
        ? codeReader(field, key, field.codes, required)
        : textReader(field, key, required);
    case 'digits':
      return digitsReader(field, key, required);
    case 'money':
    case 'number':
      return anyNumberReader(field, key, required);
    case 'date':
      return dateReader(field, key, required);
    case 'timestamp':
      return timestampReader(field, key, required);
    case 'constant':
      return constantReader(field, key);
    case 'record-length': {
      const codec = numberCodec(field);
      if (codec !== null) return codecReader(codec, key, 'required');
      return numberReader(field.start - 1, field.length, key, 'required');
    }
    case 'filler':
      return null;
  }
}

function isTabled(codes: readonly string[] | undefined, length: number): codes is readonly string[] {
  return codes !== undefined && length <= LONGEST_TABLED_CODE;
}

/** One or two bytes looked up at once: a code needs no string of its own. */
function codeReader(field: TextField, key: string, codes: readonly string[], required: string | null): FieldReader {
  const offset = field.start - 1;
  const second = field.length === 2;
  const blank = second ? (SPACE << 8) | SPACE : SPACE;
  const byBytes = new Map<number, string>();
  for (const code of codes) {
    const padded = field.justify === 'right' ? code.padStart(field.length) : code.padEnd(field.length);
    byBytes.set(second ? (padded.charCodeAt(0) << 8) | padded.charCodeAt(1) : padded.charCodeAt(0), code);
  }
  return (bytes, at, _text, _textAt, into) => {
    const first = bytes[at + offset]!;
    const packed = second ? (first << 8) | bytes[at + offset + 1]! : first;
    if (packed === blank) return required;
    const code = byBytes.get(packed);
    if (code === undefined) return 'code-list';
    into[key] = code;
    return null;
  };
}

function textReader(field: TextField, key: string, required: string | null): FieldReader {
  const offset = field.start - 1;
  const { length } = field;
  const codes = field.codes === undefined ? null : new Set(field.codes);
  return (bytes, at, text, textAt, into) => {
    let from = at + offset;
    let to = from + length;
    while (to > from && bytes[to - 1] === SPACE) to -= 1;
    if (to === from) return required;
    while (bytes[from] === SPACE) from += 1;
    const value = text.substring(textAt + from - at, textAt + to - at);
    if (codes !== null && !codes.has(value)) return 'code-list';
    into[key] = value;
    return null;
  };
}

function constantReader(field: ConstantField, key: string): FieldReader {
  const offset = field.start - 1;
  const padded = field.value.padEnd(field.length);
  return (bytes, at, _text, _textAt, into) => {
    for (let i = 0; i < padded.length; i += 1) {
      if (bytes[at + offset + i] !== padded.charCodeAt(i)) return 'constant';
    }
    into[key] = field.value;
    return null;
  };
}

function digitsReader(field: DigitsField, key: string, required: string | null): FieldReader {
  const offset = field.start - 1;
  const { length } = field;
  const codes = field.codes === undefined ? null : new Set(field.codes);
  const zeroIsBlank = field.zeroIsBlank === true;
  return (bytes, at, text, textAt, into) => {
    let from = at + offset;
    const to = from + length;
    while (from < to && bytes[from] === SPACE) from += 1;
    if (from === to) return required;
    // Only a field that we would pad with blanks may have fewer digits than positions.
    if (from > at + offset && field.pad !== ' ') return 'digits';
    let anything = 0;
    for (let i = from; i < to; i += 1) {
      const digit = bytes[i]! - ZERO;
      if (digit < 0 || digit > 9) return 'digits';
      anything |= digit;
    }
    if (zeroIsBlank && anything === 0) return required;
    const value = text.substring(textAt + from - at, textAt + to - at);
    if (codes !== null && !codes.has(value)) return 'code-list';
    into[key] = value;
    return null;
  };
}

function anyNumberReader(field: NumberField | MoneyField, key: string, required: string | null): FieldReader {
  const codec = numberCodec(field);
  if (codec !== null) return codecReader(codec, key, required);
  const written = writtenNumber(field);
  if (written !== null) return writtenMoneyReader(written, key, required);
  return numberReader(field.start - 1, field.length, key, required);
}

function codecReader(codec: NumberCodec, key: string, required: string | null): FieldReader {
  return (bytes, at, _text, _textAt, into) => {
    const number = codec.read(bytes, at);
    if (number === undefined) return required;
    if (Number.isNaN(number)) return codec.rule;
    into[key] = number;
    return null;
  };
}

function numberReader(offset: number, length: number, key: string, required: string | null): FieldReader {
  return (bytes, at, _text, _textAt, into) => {
    let from = at + offset;
    const to = from + length;
    while (from < to && bytes[from] === SPACE) from += 1;
    if (from === to) return required;
    const number = numberIn(bytes, from, to);
    if (number < 0) return 'number';
    into[key] = number;
    return null;
  };
}

function writtenMoneyReader(field: WrittenNumber, key: string, required: string | null): FieldReader {
  const offset = field.start - 1;
  const { length } = field;
  return (bytes, at, _text, _textAt, into) => {
    const amount = writtenMoneyIn(bytes, at + offset, at + offset + length, field);
    if (amount === undefined) return required;
    if (Number.isNaN(amount)) return 'number';
    into[key] = amount;
    return null;
  };
}

/** The number that ASCII digits spell, or -1. At most 15 digits, so that it is exact. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i += 1) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Whether a date field says nothing: only blanks and zeros, and its own separators. */
function isUndated(bytes: Uint8Array, from: number, to: number, place: DatePattern): boolean {
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i]!;
    if (byte === SPACE || byte === ZERO) continue;
    if (!place.literals.some((literal) => literal.offset === i - from && literal.byte === byte)) return false;
  }
  return true;
}

/** Dates repeat: a bounded memory of them saves making the same string again and again. */
const MOST_KNOWN_DAYS = 20_000;
const knownDays = new Map<number, string>();

function isoDay(year: number, month: number, day: number): string | null {
  const packed = year * 10_000 + month * 100 + day;
  const known = knownDays.get(packed);
  if (known !== undefined) return known;
  if (!isCalendarDay(year, month, day)) return null;
  const iso = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
  if (knownDays.size >= MOST_KNOWN_DAYS) knownDays.clear();
  knownDays.set(packed, iso);
  return iso;
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, '0');
}

function dayIn(bytes: Uint8Array, start: number, place: DatePattern): string | null {
  for (const { offset, byte } of place.literals) if (bytes[start + offset] !== byte) return null;
  const year = numberIn(bytes, start + place.year, start + place.year + 4);
  const month = numberIn(bytes, start + place.month, start + place.month + 2);
  const day = numberIn(bytes, start + place.day, start + place.day + 2);
  return year < 0 || month < 0 || day < 0 ? null : isoDay(year, month, day);
}

function dateReader(field: DateField, key: string, required: string | null): FieldReader {
  const offset = field.start - 1;
  const place = parseDatePattern(field.pattern, false)!;
  const { none } = field;
  return (bytes, at, _text, _textAt, into) => {
    const start = at + offset;
    if (isUndated(bytes, start, start + place.length, place)) return required;
    const iso = dayIn(bytes, start, place);
    if (iso === null) return 'date';
    if (iso === none) return required;
    into[key] = iso;
    return null;
  };
}

function timestampReader(field: TimestampField, key: string, required: string | null): FieldReader {
  const offset = field.start - 1;
  const place = parseDatePattern(field.pattern, true)!;
  return (bytes, at, _text, _textAt, into) => {
    const start = at + offset;
    if (isUndated(bytes, start, start + place.length, place)) return required;
    const iso = dayIn(bytes, start, place);
    const hour = numberIn(bytes, start + place.hour, start + place.hour + 2);
    const minute = numberIn(bytes, start + place.minute, start + place.minute + 2);
    const second = numberIn(bytes, start + place.second, start + place.second + 2);
    if (iso === null || !isTimeOfDay(hour, minute, second)) return 'timestamp';
    into[key] = `${iso}T${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`;
    return null;
  };
}
