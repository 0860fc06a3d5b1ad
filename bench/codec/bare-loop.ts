import { METRO2 } from '@concord/plugin-metro2/layout/file';

/** Where a field stands in the line of a base record with its K1 segment, 0-based. */
interface Slice {
  readonly from: number;
  readonly to: number;
}

/** The fields that the codec touches on a base record with K1: the same slices, by the same table. */
export function slices(): readonly Slice[] {
  const base = METRO2.records[0];
  const k1 = base?.segments?.types.find((type) => type.identifier === 'K1');
  if (base === undefined || k1 === undefined) throw new Error('The layout has no base record with K1');
  const of = (fields: typeof base.fields, offset: number): Slice[] =>
    fields
      .filter((field) => field.type !== 'filler')
      .map((field) => ({ from: offset + field.start - 1, to: offset + field.start - 1 + field.length }));
  return [...of(base.fields, 0), ...of(k1.fields, base.length)];
}

const CHUNK = 128 * 1024;

/** Writes lines by copying each field's text into a Buffer: no padding, checking, counting or naming. */
export function* writeBare(line: Buffer, count: number): Generator<Uint8Array> {
  const fields = slices().map(({ from, to }) => ({ at: from, text: line.toString('latin1', from, to) }));
  const length = line.length + 1;
  let chunk = Buffer.allocUnsafeSlow(CHUNK);
  let used = 0;
  for (let i = 0; i < count; i += 1) {
    if (CHUNK - used < length) {
      yield chunk.subarray(0, used);
      chunk = Buffer.allocUnsafeSlow(CHUNK);
      used = 0;
    }
    for (const field of fields) chunk.write(field.text, used + field.at, 'latin1');
    chunk[used + line.length] = 0x0a;
    used += length;
  }
  yield chunk.subarray(0, used);
}

/** Reads every field of every line as text: no trimming, checking, counting or naming. Gives the number of lines. */
export async function readBare(bytes: AsyncIterable<Uint8Array>, lineLength: number): Promise<number> {
  const fields = slices();
  let rest = Buffer.alloc(0);
  let lines = 0;
  let characters = 0;
  for await (const chunk of bytes) {
    const data = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      const end = data.indexOf(0x0a, at);
      if (end < 0) break;
      if (end - at === lineLength) {
        for (const { from, to } of fields) characters += data.toString('latin1', at + from, at + to).length;
        lines += 1;
      }
      at = end + 1;
    }
    rest = data.subarray(at);
  }
  if (characters === 0) throw new Error('Nothing was read');
  return lines;
}
