import type { MoneyField, NumberField } from './layout.js';

const SPACE = 0x20;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** What writing a number as text with its point or its minus needs to know. */
export type WrittenNumber = Pick<MoneyField, 'start' | 'length' | 'decimals' | 'point' | 'signed' | 'pad'>;

/**
 * A number whose point or minus stands in the field as text, so that it is more than a row of digits; otherwise null. A
 * sign in another style, packed and binary numbers have codecs of their own.
 */
export function writtenNumber(field: NumberField | MoneyField): WrittenNumber | null {
  if ((field.encoding ?? 'text') !== 'text' || (field.sign ?? 'minus') !== 'minus') return null;
  if (field.type === 'number') return field.signed === true ? { ...field, decimals: 0 } : null;
  return field.point === true || field.signed === true ? field : null;
}

/**
 * The amount that stands from `from` to `to`, in units of 10^-decimals: undefined where there are only blanks, NaN where
 * it can't be read. Blanks may stand before it, and after it where a point says where the units end.
 */
export function writtenMoneyIn(bytes: Uint8Array, from: number, to: number, field: WrittenNumber): number | undefined {
  const { decimals } = field;
  const point = field.point === true;
  let at = from;
  let end = to;
  while (at < end && bytes[at] === SPACE) at += 1;
  if (at === end) return undefined;
  if (point) while (bytes[end - 1] === SPACE) end -= 1;
  const negative = field.signed === true && bytes[at] === MINUS;
  if (negative) at += 1;
  const pointAt = point ? end - 1 - decimals : end;
  if (at >= end || pointAt < at || (point && bytes[pointAt] !== POINT)) return Number.NaN;
  let amount = 0;
  for (let i = at; i < end; i += 1) {
    if (i === pointAt) continue;
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    amount = amount * 10 + digit;
  }
  return negative && amount !== 0 ? -amount : amount;
}

/** Writes an amount with its point and sign. Gives the name of the broken rule, or null. */
export function writtenMoneyWriter(
  field: WrittenNumber,
): (value: unknown, bytes: Uint8Array, at: number) => string | null {
  const { length, decimals } = field;
  const offset = field.start - 1;
  const point = field.point === true;
  const signed = field.signed === true;
  const fill = field.pad === ' ' ? SPACE : ZERO;
  /** Digits that always stand: the decimals and one before them. */
  const least = point ? decimals + 1 : 1;
  return (value, bytes, at) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || (value < 0 && !signed)) return 'number';
    const first = at + offset;
    let position = first + length - 1;
    let rest = Math.abs(value);
    for (let digits = 0; rest > 0 || digits < least; digits += 1) {
      if (point && digits === decimals) {
        if (position < first) return 'length';
        bytes[position] = POINT;
        position -= 1;
      }
      if (position < first) return 'length';
      const tens = Math.floor(rest / 10);
      bytes[position] = ZERO + (rest - tens * 10);
      position -= 1;
      rest = tens;
    }
    if (value < 0 && position < first) return 'length';
    if (value < 0 && fill === SPACE) {
      bytes[position] = MINUS;
      position -= 1;
    }
    while (position >= first) {
      bytes[position] = fill;
      position -= 1;
    }
    if (value < 0 && fill === ZERO) bytes[first] = MINUS;
    return null;
  };
}
