import { binaryIn, writeBinary } from './binary-integer.js';
import type { FieldReader, FieldWriter } from './field-codec.js';
import type { DateField, DigitsField, FieldLayout, TimestampField } from './layout.js';
import { packDigits, packedDigits, unpackDigits } from './packed-decimal.js';

/** A row of digits that means something as such: leading zeros count. */
export type DigitRow = DigitsField | DateField | TimestampField;

const ZERO = 0x30;
const MOST_EXACT_DIGITS = 15;

/** A row of digits whose bytes are no text. */
export type EncodedRow = DigitRow & { readonly encoding: 'packed' | 'binary' };

/** Whether a field is a row of digits that stands packed or as a binary integer. */
export function isEncodedRow(field: FieldLayout): field is EncodedRow {
  const row = field.type === 'digits' || field.type === 'date' || field.type === 'timestamp';
  return row && field.encoding !== undefined && field.encoding !== 'text';
}

/** How many digits such a field has. */
export function digitsOf(field: DigitRow): number {
  if (field.type !== 'digits') return field.pattern.length;
  if (field.digits !== undefined) return field.digits;
  return field.encoding === 'packed' ? packedDigits(field.length) : MOST_EXACT_DIGITS;
}

/** The same field with its digits as text, alone in a record: what reads and writes it once it is unpacked. */
export function asTextRow(field: DigitRow): DigitRow {
  return { ...field, start: 1, length: digitsOf(field), encoding: 'text' };
}

/** Moves a row of digits between its bytes and ASCII. */
interface DigitBytes {
  /** ASCII digits, those beyond the row's own in front. */
  readonly ascii: Buffer;
  /** How many stand in front. */
  readonly spare: number;
  readonly unpack: (bytes: Uint8Array, at: number) => string | null;
  readonly pack: (bytes: Uint8Array, at: number) => boolean;
}

function digitBytes(field: DigitRow): DigitBytes {
  const from = field.start - 1;
  const to = from + field.length;
  const count = digitsOf(field);
  if (field.encoding === 'packed') {
    const ascii = Buffer.alloc(packedDigits(field.length), ZERO);
    const spare = ascii.length - count;
    return {
      ascii,
      spare,
      unpack: (bytes, at) => {
        if (!unpackDigits(bytes, at + from, at + to, ascii)) return 'packed';
        for (let i = 0; i < spare; i += 1) if (ascii[i] !== ZERO) return 'length';
        return null;
      },
      pack: (bytes, at) => {
        packDigits(ascii, bytes, at + from, at + to, field.signed === true);
        return true;
      },
    };
  }
  const ascii = Buffer.alloc(count, ZERO);
  const shape = { length: field.length, littleEndian: field.byteOrder === 'little', signed: false };
  return {
    ascii,
    spare: 0,
    unpack: (bytes, at) => {
      const number = binaryIn(bytes, at + from, shape);
      if (Number.isNaN(number)) return 'binary';
      const digits = String(number);
      if (digits.length > count) return 'length';
      ascii.write(digits.padStart(count, '0'), 'latin1');
      return null;
    },
    pack: (bytes, at) => writeBinary(Number(ascii.toString('latin1')), bytes, at + from, shape),
  };
}

/** Reads a row through `inner`, the reader of {@link asTextRow}. */
export function encodedRowReader(field: DigitRow, inner: FieldReader): FieldReader {
  const { ascii, spare, unpack } = digitBytes(field);
  return (bytes, at, _text, _textAt, into) => {
    const rule = unpack(bytes, at);
    return rule ?? inner(ascii, spare, ascii.toString('latin1', spare), 0, into);
  };
}

/** Writes a row through `inner`, the writer of {@link asTextRow}. */
export function encodedRowWriter(field: DigitRow, inner: FieldWriter): FieldWriter {
  const { ascii, spare, pack } = digitBytes(field);
  return (value, bytes, at) => {
    ascii.fill(ZERO);
    const rule = inner(value, ascii, spare);
    if (rule !== null) return rule;
    return pack(bytes, at) ? null : 'length';
  };
}

/** Writes the zeros of a row that says nothing. */
export function writeZeroRow(field: DigitRow, bytes: Uint8Array): void {
  digitBytes(field).pack(bytes, 0);
}
