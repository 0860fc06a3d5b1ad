import { lackingIn } from './character-set.js';
import { parseDatePattern } from './date-pattern.js';
import { digitsOf, isEncodedRow, type DigitRow } from './encoded-digits.js';
import { isBinary } from './encoded-number.js';
import type { Encoding, FieldLayout, MoneyField, NumberField } from './layout.js';
import { SIGN_CHARACTERS } from './overpunch.js';
import { packedDigits } from './packed-decimal.js';
import { writtenNumber } from './written-money.js';

/** Most digits that a JavaScript number holds exactly. */
const MOST_DIGITS = 15;
const MOST_BINARY_BYTES = 8;
/** Thirty-one digits: the most that mainframes pack. */
const MOST_PACKED_BYTES = 16;

/** What is wrong with one field, whatever stands beside it. `characters` are those of the file's set. */
export function fieldFaults(field: FieldLayout, characters: string): string[] {
  return [...encodingFaults(field), ...meaningFaults(field, characters)];
}

function meaningFaults(field: FieldLayout, characters: string): string[] {
  const digits = digitRoom(field);
  switch (field.type) {
    case 'text': {
      const values = [...(field.codes ?? []), ...(field.default === undefined ? [] : [field.default])];
      const bad = values.filter(
        (value) => value.length > field.length || value.trim() !== value || !isWritable(value, characters),
      );
      const unlisted = field.default !== undefined && field.codes !== undefined && !field.codes.includes(field.default);
      return [
        ...bad.map((value) => `can't carry "${value}"`),
        ...(unlisted ? [`has a default that is not in its code list`] : []),
      ];
    }
    case 'digits': {
      const values = [...(field.codes ?? []), ...(field.default === undefined ? [] : [field.default])];
      return values
        .filter((value) => value.length !== digits || !/^\d+$/.test(value))
        .map((value) => `can't carry "${value}"`);
    }
    case 'number':
      return numberFaults(field, digits, characters);
    case 'money':
      return [...numberFaults(field, digits, characters), ...pointFaults(field, digits)];
    case 'record-length':
      return digits > 9 && field.encoding !== 'binary' ? ['may have at most 9 digits'] : [];
    case 'date':
    case 'timestamp': {
      const place = parseDatePattern(field.pattern, field.type === 'timestamp');
      if (place === undefined) return [`has a pattern that can't be read: ${field.pattern}`];
      if (field.type === 'date' && field.writeNone === true && field.none === undefined) {
        return ['writes a date for none, and does not say which'];
      }
      if (isBinary(field)) return rowFaults(field, digits, place.literals.length > 0);
      return place.length === field.length
        ? []
        : [`has a pattern of ${place.length} characters in ${field.length} positions`];
    }
    case 'constant':
      return field.value.length > field.length || !isWritable(field.value, characters)
        ? [`can't carry "${field.value}"`]
        : [];
    case 'filler':
      return [];
  }
}

/** Printable ASCII, as far as the file's set has it. */
function isWritable(text: string, characters: string): boolean {
  return /^[ -~]+$/.test(text) && lackingIn(characters, text) === '';
}

/** How many digits the field has room for: its positions less a written point and sign, or what its bytes hold. */
function digitRoom(field: FieldLayout): number {
  if (isEncodedRow(field)) return digitsOf(field);
  if (isBinary(field)) return field.type === 'filler' || !isPacked(field) ? 0 : packedDigits(field.length);
  if (field.type !== 'number' && field.type !== 'money') return field.length;
  const written = writtenNumber(field);
  return field.length - (written?.point === true ? 1 : 0) - (written?.signed === true ? 1 : 0);
}

function isPacked(field: FieldLayout): boolean {
  return 'encoding' in field && field.encoding === 'packed';
}

function encodingFaults(field: FieldLayout): string[] {
  if (!('encoding' in field) && !('byteOrder' in field)) return [];
  const place = field as FieldLayout & { readonly encoding?: Encoding; readonly byteOrder?: string };
  const faults: string[] = [];
  if (place.byteOrder !== undefined && place.encoding !== 'binary') faults.push('has a byte order and is not binary');
  if (!isBinary(field)) return faults;
  if (place.encoding === 'binary' && field.length > MOST_BINARY_BYTES) {
    faults.push(`may have at most ${MOST_BINARY_BYTES} binary bytes`);
  }
  if (place.encoding === 'packed' && field.length > MOST_PACKED_BYTES) {
    faults.push(`may have at most ${MOST_PACKED_BYTES} packed bytes`);
  }
  if ('pad' in field && field.pad !== undefined) faults.push(`is ${place.encoding}, and nothing pads it`);
  if ('sign' in field && field.sign !== undefined) faults.push(`is ${place.encoding}, and its sign has no other style`);
  if ('point' in field && field.point === true) faults.push(`is ${place.encoding}, and no point stands in it`);
  if (field.type === 'digits') faults.push(...rowFaults(field, digitsOf(field), false));
  return faults;
}

/** A row of digits must fit into its bytes, and hold nothing but digits. */
function rowFaults(field: DigitRow, digits: number, hasSeparators: boolean): string[] {
  const faults: string[] = [];
  if (hasSeparators) faults.push(`is ${field.encoding}, and its pattern has separators`);
  if (field.encoding === 'packed') {
    const room = packedDigits(field.length);
    if (digits > room) faults.push(`has ${digits} digits, and its bytes hold ${room}`);
  } else {
    if (field.type === 'digits' && field.digits === undefined)
      faults.push('is binary, and does not say how many digits');
    if (digits > MOST_DIGITS) faults.push(`may have at most ${MOST_DIGITS} digits`);
    if (field.signed === true) faults.push('is binary, and only a packed row of digits has a sign');
  }
  return faults;
}

function numberFaults(field: NumberField | MoneyField, digits: number, characters: string): string[] {
  const { signed, sign = 'minus' } = field;
  if (sign !== 'minus' && signed !== true) return ['has a style of sign and is not signed'];
  if (digits > MOST_DIGITS) return [`may have at most ${MOST_DIGITS} digits`];
  if (isBinary(field)) return [];
  if (digits < 1) return ['has no room for a digit'];
  const lacking = sign === 'minus' ? '' : lackingIn(characters, SIGN_CHARACTERS);
  return lacking === '' ? [] : [`can't write its sign: the character set has no "${lacking}"`];
}

function pointFaults({ decimals, point, sign = 'minus' }: MoneyField, digits: number): string[] {
  if (point !== true) return [];
  if (sign !== 'minus') return ['has a decimal point and its sign in a digit'];
  if (decimals === 0) return ['has a decimal point and no decimals'];
  return digits <= decimals ? ['has no room for a digit before its decimal point'] : [];
}
