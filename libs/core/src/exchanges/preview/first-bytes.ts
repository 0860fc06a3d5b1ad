/** How much of a file a preview shows. */
const SHOWN_BYTES = 64 * 1024;

/** A file's beginning, and its whole length in bytes. */
export interface FirstBytes {
  readonly beginning: Buffer;
  readonly bytes: number;
}

/** Reads a file to its end and keeps its beginning only. */
export async function firstBytes(source: AsyncIterable<Uint8Array>): Promise<FirstBytes> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    if (bytes < SHOWN_BYTES) kept.push(chunk.subarray(0, SHOWN_BYTES - bytes));
    bytes += chunk.length;
  }
  return { beginning: Buffer.concat(kept), bytes };
}
