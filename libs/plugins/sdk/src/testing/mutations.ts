/** A file changed on the way, and what was done to it. */
export interface Mutation {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Numbers that look random and are the same on every run, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** Cuts of a file, spread over its length, none of which leaves all of its last record. */
export function* cuts(file: Buffer, count: number): Generator<Mutation> {
  const content = file.length - trailingLineEnd(file);
  for (let i = 0; i < count; i += 1) {
    const at = Math.floor((content * i) / count);
    yield { name: `cut at byte ${at}`, bytes: file.subarray(0, at) };
  }
}

/** Bytes replaced, put in, taken out, and records doubled or swapped. Some leave a right file; none may break a reader. */
export function* damages(file: Buffer, count: number): Generator<Mutation> {
  const below = numbers(file.length);
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
  yield { name: 'a line without end', bytes: Buffer.alloc(2_000_000, 0x41) };
  yield { name: 'a line without end after a good start', bytes: Buffer.concat([file, Buffer.alloc(500_000, 0x41)]) };
  yield { name: 'the file twice', bytes: Buffer.concat([file, file]) };
}

/** The file with each digit of the given places in its last record changed, one at a time. */
export function* tamperedTotals(
  file: Buffer,
  places: readonly (readonly [start: number, length: number])[],
): Generator<Mutation> {
  const end = file.length - trailingLineEnd(file);
  const start = file.lastIndexOf(0x0a, end - 1) + 1;
  for (const [first, length] of places) {
    for (let at = start + first - 1; at < start + first - 1 + length; at += 1) {
      const bytes = Buffer.from(file);
      bytes[at] = 0x30 + (((file[at] ?? 0x30) - 0x30 + 1) % 10);
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
