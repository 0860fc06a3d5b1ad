import { setImmediate as turn } from 'node:timers/promises';

/** Bytes as a partner's connection may deliver them: in pieces of any size. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The same bytes over and over, each time in memory of their own, until the reader has had enough or `total` is reached. */
export async function* repeatedly(
  piece: Uint8Array,
  total: number,
  afterEach: (sent: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < total; sent += piece.length) {
    yield Uint8Array.from(piece);
    afterEach(sent + piece.length);
  }
}

/** Joins what an encoder yields. */
export async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  // Copied, because an encoder may use its buffer again.
  for await (const chunk of chunks) all.push(Uint8Array.from(chunk));
  return Buffer.concat(all);
}

/** Collects what a reader yields. */
export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Items one by one, as a database cursor gives them. */
export async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Items with waiting between them, as a slow database gives them. */
export async function* slowly<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await turn();
    yield item;
  }
}
