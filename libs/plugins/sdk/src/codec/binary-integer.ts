/** Integers of more bytes than this do not fit a JavaScript number on the way. */
const MOST_NUMBER_BYTES = 6;

export interface BinaryShape {
  readonly length: number;
  readonly littleEndian: boolean;
  readonly signed: boolean;
}

/** The integer at `at`, or NaN where a JavaScript number can't hold it exactly. */
export function binaryIn(bytes: Uint8Array, at: number, shape: BinaryShape): number {
  const { length, littleEndian, signed } = shape;
  const byteAt = (index: number): number => bytes[at + (littleEndian ? length - 1 - index : index)]!;
  if (length <= MOST_NUMBER_BYTES) {
    let number = 0;
    for (let i = 0; i < length; i += 1) number = number * 256 + byteAt(i);
    return signed && byteAt(0) >= 0x80 ? number - 2 ** (8 * length) : number;
  }
  let large = 0n;
  for (let i = 0; i < length; i += 1) large = (large << 8n) | BigInt(byteAt(i));
  const number = Number(signed ? BigInt.asIntN(8 * length, large) : large);
  return Number.isSafeInteger(number) ? number : Number.NaN;
}

/** Writes a safe integer. Gives false when the bytes can't hold it. */
export function writeBinary(value: number, bytes: Uint8Array, at: number, shape: BinaryShape): boolean {
  const { length, littleEndian, signed } = shape;
  const half = 2 ** (8 * length - 1);
  if (signed ? value < -half || value >= half : value < 0 || value >= half * 2) return false;
  const placeOf = (index: number): number => at + (littleEndian ? length - 1 - index : index);
  if (length <= MOST_NUMBER_BYTES) {
    let rest = value < 0 ? value + half * 2 : value;
    for (let i = length - 1; i >= 0; i -= 1) {
      const higher = Math.floor(rest / 256);
      bytes[placeOf(i)] = rest - higher * 256;
      rest = higher;
    }
    return true;
  }
  let large = BigInt(value);
  for (let i = length - 1; i >= 0; i -= 1) {
    bytes[placeOf(i)] = Number(large & 0xffn);
    large >>= 8n;
  }
  return true;
}
