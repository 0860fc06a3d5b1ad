import { seededNumbers } from './seeded-numbers.js';

/** A file changed on the way, and what was done to it. */
export interface Mutation {
  readonly name: string;
  readonly bytes: Buffer;
}

/** At most so many borders are cut at, spread over the file, so that a long sample takes no longer. */
const MOST_BORDERS = 120;

/**
 * Cuts of a file, none of which leaves all of its last record: at the end of every record, with its line end and without,
 * at places spread over its length, and at random ones.
 */
export function* cuts(file: Buffer, count: number): Generator<Mutation> {
  const content = file.length - trailingLineEnd(file);
  const below = seededNumbers(file.length);
  const places = new Set<number>(everyBorder(file));
  for (let i = 0; i < count; i += 1) places.add(Math.floor((content * i) / count)).add(below(content));
  for (const at of [...places].sort((one, other) => one - other)) {
    if (at < content) yield { name: `cut at byte ${at}`, bytes: file.subarray(0, at) };
  }
}

function everyBorder(file: Buffer): number[] {
  const borders: number[] = [];
  for (let at = file.indexOf(0x0a); at !== -1; at = file.indexOf(0x0a, at + 1)) borders.push(at, at + 1);
  const step = Math.max(1, Math.ceil(borders.length / MOST_BORDERS / 2) * 2);
  return borders.filter((_, index) => index % step < 2);
}

/** Bytes replaced, put in, taken out, and records doubled or swapped. Some leave a right file; none may break a reader. */
export function* damages(file: Buffer, count: number): Generator<Mutation> {
  const below = seededNumbers(file.length);
  for (let i = 0; i < count; i += 1) {
    const at = below(file.length);
    const byte = below(256);
    const before = file.subarray(0, at);
    switch (i % 4) {
      case 0:
        yield {
          name: `byte ${at} becomes ${byte}`,
          bytes: Buffer.concat([before, Buffer.from([byte]), file.subarray(at + 1)]),
        };
        break;
      case 1:
        yield {
          name: `byte ${byte} put in at ${at}`,
          bytes: Buffer.concat([before, Buffer.from([byte]), file.subarray(at)]),
        };
        break;
      case 2:
        yield { name: `byte ${at} taken out`, bytes: Buffer.concat([before, file.subarray(at + 1)]) };
        break;
      default: {
        const length = 1 + below(900);
        const piece = file.subarray(at, at + length);
        yield { name: `${length} bytes doubled at ${at}`, bytes: Buffer.concat([before, piece, file.subarray(at)]) };
      }
    }
  }
}

/** Files that nobody sends in good faith. */
export function* hostileFiles(file: Buffer): Generator<Mutation> {
  yield { name: 'nothing', bytes: Buffer.alloc(0) };
  yield { name: 'line ends only', bytes: Buffer.from('\r\n\n\n') };
  yield { name: 'zero bytes', bytes: Buffer.alloc(100_000) };
  yield { name: 'bytes of 255', bytes: Buffer.alloc(100_000, 0xff) };
  yield { name: 'a line without end', bytes: Buffer.alloc(2_000_000, 0x41) };
  yield { name: 'a line without end after a good start', bytes: Buffer.concat([file, Buffer.alloc(500_000, 0x41)]) };
  yield { name: 'the file twice', bytes: Buffer.concat([file, file]) };
  yield { name: 'its own records backwards', bytes: Buffer.from(file).reverse() };
}

/**
 * The file with each byte of the given places in its last record changed, one at a time. Digits become other digits.
 *
 * @param lastRecordLength where records are not lines
 */
export function* tamperedTotals(
  file: Buffer,
  places: readonly (readonly [start: number, length: number])[],
  lastRecordLength?: number,
): Generator<Mutation> {
  const end = file.length - trailingLineEnd(file);
  const start = lastRecordLength === undefined ? file.lastIndexOf(0x0a, end - 1) + 1 : file.length - lastRecordLength;
  for (const [first, length] of places) {
    for (let at = start + first - 1; at < start + first - 1 + length; at += 1) {
      const bytes = Buffer.from(file);
      const byte = file[at] ?? 0x30;
      bytes[at] = byte >= 0x30 && byte <= 0x39 ? 0x30 + ((byte - 0x30 + 1) % 10) : byte ^ 0x10;
      yield { name: `total digit at ${at - start + 1} changed`, bytes };
    }
  }
}

function trailingLineEnd(file: Buffer): number {
  let length = 0;
  while (length < file.length && (file[file.length - 1 - length] === 0x0a || file[file.length - 1 - length] === 0x0d))
    length += 1;
  return length;
}
