import type { Dice } from '../../e2e/thirty-days/seeded.js';

const CHARACTERS = [
  '0',
  '9',
  ' ',
  'A',
  '-',
  '+',
  '"',
  ',',
  '|',
  '\t',
  '\r',
  '\n',
  '\0',
  '\x1a',
  '\x7f',
  'é',
  '李',
  '\u{1f4b8}',
];
const LONGEST_LINE = 200_000;
const MOST_REPEATS = 50;

type Change = (file: Buffer, dice: Dice) => Buffer;

const CHANGES: Readonly<Record<string, Change>> = {
  'a byte flipped': (file, dice) => {
    const copy = Buffer.from(file);
    const at = dice.between(0, copy.length - 1);
    copy[at] = copy[at]! ^ (1 << dice.between(0, 7));
    return copy;
  },
  'a digit changed': (file, dice) => {
    const copy = Buffer.from(file);
    const start = dice.between(0, copy.length - 1);
    for (let at = start; at < copy.length; at += 1) {
      if (copy[at]! < 0x30 || copy[at]! > 0x39) continue;
      copy[at] = 0x30 + dice.between(0, 9);
      break;
    }
    return copy;
  },
  cut: (file, dice) => file.subarray(0, dice.between(0, file.length - 1)),
  'its beginning cut': (file, dice) => file.subarray(dice.between(1, file.length)),
  'a piece taken out': (file, dice) => {
    const [from, length] = piece(file, dice);
    return Buffer.concat([file.subarray(0, from), file.subarray(from + length)]);
  },
  'a piece repeated': (file, dice) => {
    const [from, length] = piece(file, dice);
    const repeated = Array.from({ length: dice.between(1, MOST_REPEATS) }, () => file.subarray(from, from + length));
    return Buffer.concat([file.subarray(0, from), ...repeated, file.subarray(from)]);
  },
  'characters put in': (file, dice) => {
    const text = Array.from({ length: dice.between(1, 8) }, () => dice.one(CHARACTERS)!).join('');
    return putIn(file, dice, Buffer.from(text, 'utf8'));
  },
  'random bytes put in': (file, dice) =>
    putIn(file, dice, Buffer.from(Array.from({ length: dice.between(1, 64) }, () => dice.between(0, 255)))),
  'NUL over a piece': (file, dice) => {
    const copy = Buffer.from(file);
    const [from, length] = piece(file, dice);
    return copy.fill(0, from, from + length);
  },
  'a long line put in': (file, dice) => putIn(file, dice, Buffer.alloc(dice.between(1_000, LONGEST_LINE), 0x41)),
  'lines in another order': (file, dice) => {
    const lines = file.toString('latin1').split('\n');
    const [one, other] = [dice.between(0, lines.length - 1), dice.between(0, lines.length - 1)];
    [lines[one], lines[other]] = [lines[other]!, lines[one]!];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  'other line ends': (file, dice) =>
    Buffer.from(file.toString('latin1').replaceAll('\n', dice.one(['\r\n', '\r', '', '\n\n'])!), 'latin1'),
  'as UTF-16': (file) => Buffer.from(`\ufeff${file.toString('latin1')}`, 'utf16le'),
  'as UTF-8 with a mark': (file) => Buffer.from(`\ufeff${file.toString('latin1')}`, 'utf8'),
};
const NAMES = Object.keys(CHANGES);

/** What was done to a file, in the order in which it was done, and what it then is. */
export interface Mutated {
  readonly how: string;
  readonly bytes: Buffer;
}

/** Changes a file one to three times, as wires, editors, disks and people do. */
export function mutate(file: Buffer, dice: Dice): Mutated {
  let bytes = file;
  const how: string[] = [];
  for (let left = dice.between(1, 3); left > 0 && bytes.length > 0; left -= 1) {
    const name = dice.one(NAMES)!;
    how.push(name);
    bytes = CHANGES[name]!(bytes, dice);
  }
  return { how: how.join(', '), bytes };
}

function piece(file: Buffer, dice: Dice): [from: number, length: number] {
  const from = dice.between(0, file.length - 1);
  return [from, dice.between(1, Math.min(1_000, file.length - from))];
}

function putIn(file: Buffer, dice: Dice, bytes: Buffer): Buffer {
  const at = dice.between(0, file.length);
  return Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
}
