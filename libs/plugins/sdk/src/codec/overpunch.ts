const SPACE = 0x20;
const ZERO = 0x30;

/** The sign digits in working bytes: +0 to +9, then -0 to -9. */
const PLUS = Buffer.from('{ABCDEFGHI', 'latin1');
const MINUS = Buffer.from('}JKLMNOPQR', 'latin1');

const DIGIT = new Int8Array(256).fill(-1);
const NEGATIVE = new Uint8Array(256);
for (let digit = 0; digit < 10; digit += 1) {
  DIGIT[ZERO + digit] = digit;
  DIGIT[PLUS[digit]!] = digit;
  DIGIT[MINUS[digit]!] = digit;
  NEGATIVE[MINUS[digit]!] = 1;
}

/** Characters that a set must have to carry signs so. */
export const SIGN_CHARACTERS = '{}ABCDEFGHIJKLMNOPQR';

/**
 * The zoned number from `from` to `to`, its sign in the last digit or in the first: undefined where there are only blanks,
 * NaN where it can't be read. A sign digit without its zone is plus.
 */
export function overpunchIn(bytes: Uint8Array, from: number, to: number, leading: boolean): number | undefined {
  let first = from;
  while (first < to && bytes[first] === SPACE) first += 1;
  if (first === to) return undefined;
  const signAt = leading ? first : to - 1;
  let number = 0;
  for (let i = first; i < to; i += 1) {
    const digit = i === signAt ? DIGIT[bytes[i]!]! : bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return NEGATIVE[bytes[signAt]!] === 1 && number !== 0 ? -number : number;
}

/** Writes a zoned number. Gives false when it has too many digits. */
export function writeOverpunch(
  value: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  leading: boolean,
  blankFilled: boolean,
): boolean {
  let rest = Math.abs(value);
  let first = to;
  while (first > from && (rest > 0 || first === to || !blankFilled)) {
    first -= 1;
    const tens = Math.floor(rest / 10);
    bytes[first] = ZERO + (rest - tens * 10);
    rest = tens;
  }
  bytes.fill(SPACE, from, first);
  const signAt = leading ? first : to - 1;
  bytes[signAt] = (value < 0 ? MINUS : PLUS)[bytes[signAt]! - ZERO]!;
  return rest === 0;
}
