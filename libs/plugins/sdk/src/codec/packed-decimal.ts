const PLUS = 0x0c;
const MINUS = 0x0d;
const NO_SIGN = 0x0f;
const ZERO = 0x30;

/** Most digits that a packed field of so many bytes holds: its last half byte is the sign. */
export function packedDigits(bytes: number): number {
  return bytes * 2 - 1;
}

/**
 * The number that stands packed from `from` to `to`; NaN where a half byte is no digit, the sign is none of C, D and F, or
 * the number is negative and may not be. Exact up to 15 digits.
 */
export function packedIn(bytes: Uint8Array, from: number, to: number, signed: boolean): number {
  let number = 0;
  for (let i = from; i < to; i += 1) {
    const high = bytes[i]! >> 4;
    const low = bytes[i]! & 0x0f;
    if (high > 9) return Number.NaN;
    number = number * 10 + high;
    if (i < to - 1) {
      if (low > 9) return Number.NaN;
      number = number * 10 + low;
    } else if (low === MINUS) {
      if (!signed) return Number.NaN;
      return number === 0 ? 0 : -number;
    } else if (low !== PLUS && low !== NO_SIGN) return Number.NaN;
  }
  return number;
}

/** Packs a number over a whole field. Gives false when it has too many digits; the bytes are undefined then. */
export function packNumber(value: number, bytes: Uint8Array, from: number, to: number, signed: boolean): boolean {
  let rest = Math.abs(value);
  let half = !signed ? NO_SIGN : value < 0 ? MINUS : PLUS;
  for (let i = to - 1; i >= from; i -= 1) {
    const tens = Math.floor(rest / 10);
    bytes[i] = ((rest - tens * 10) << 4) | half;
    const hundreds = Math.floor(tens / 10);
    half = tens - hundreds * 10;
    // The last byte holds one digit and the sign, every other one two digits.
    rest = i > from ? hundreds : tens;
  }
  return rest === 0;
}

/** Unpacks the digits of a field into ASCII. Gives false where a half byte is no digit or the sign neither C nor F. */
export function unpackDigits(bytes: Uint8Array, from: number, to: number, ascii: Uint8Array): boolean {
  let at = 0;
  for (let i = from; i < to; i += 1) {
    const high = bytes[i]! >> 4;
    const low = bytes[i]! & 0x0f;
    if (high > 9) return false;
    ascii[at] = ZERO + high;
    at += 1;
    if (i === to - 1) return low === PLUS || low === NO_SIGN;
    if (low > 9) return false;
    ascii[at] = ZERO + low;
    at += 1;
  }
  return false;
}

/** Packs as many ASCII digits as a field of these bytes holds. */
export function packDigits(ascii: Uint8Array, bytes: Uint8Array, from: number, to: number, signed: boolean): void {
  let at = 0;
  for (let i = from; i < to; i += 1) {
    const low = i === to - 1 ? (signed ? PLUS : NO_SIGN) : ascii[at + 1]! - ZERO;
    bytes[i] = ((ascii[at]! - ZERO) << 4) | low;
    at += 2;
  }
}
