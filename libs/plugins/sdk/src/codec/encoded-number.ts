import { binaryIn, writeBinary } from './binary-integer.js';
import type { FieldLayout, MoneyField, NumberField, RecordLengthField } from './layout.js';
import { overpunchIn, writeOverpunch } from './overpunch.js';
import { packedIn, packNumber } from './packed-decimal.js';

/** Reads and writes one number whose bytes are more than digits of the file's character set. */
export interface NumberCodec {
  /** The rule that bytes break which can't be read. */
  readonly rule: string;
  /** The number in the field of the part that starts at `at`; undefined where it is blank, NaN where it can't be read. */
  read(bytes: Uint8Array, at: number): number | undefined;
  /** Writes a safe integer. Gives false when the field can't hold it. */
  write(value: number, bytes: Uint8Array, at: number): boolean;
}

/** Whether the bytes of a field are no characters, so that no character set applies to them. */
export function isBinary(field: FieldLayout): boolean {
  if (field.type === 'filler') return field.pad === 'nul';
  return 'encoding' in field && field.encoding !== undefined && field.encoding !== 'text';
}

/** The codec of a packed, binary or zoned number; null for digits and written amounts, which have their own. */
export function numberCodec(field: NumberField | MoneyField | RecordLengthField): NumberCodec | null {
  const from = field.start - 1;
  const to = from + field.length;
  const signed = field.type !== 'record-length' && field.signed === true;
  if (field.encoding === 'packed') {
    return {
      rule: 'packed',
      read: (bytes, at) => packedIn(bytes, at + from, at + to, signed),
      write: (value, bytes, at) => packNumber(value, bytes, at + from, at + to, signed),
    };
  }
  if (field.encoding === 'binary') {
    const shape = { length: field.length, littleEndian: field.byteOrder === 'little', signed };
    return {
      rule: 'binary',
      read: (bytes, at) => binaryIn(bytes, at + from, shape),
      write: (value, bytes, at) => writeBinary(value, bytes, at + from, shape),
    };
  }
  if (field.type === 'record-length' || !signed || (field.sign ?? 'minus') === 'minus') return null;
  const leading = field.sign === 'leading-overpunch';
  const blankFilled = field.pad === ' ';
  return {
    rule: 'number',
    read: (bytes, at) => overpunchIn(bytes, at + from, at + to, leading),
    write: (value, bytes, at) => writeOverpunch(value, bytes, at + from, at + to, leading, blankFilled),
  };
}
