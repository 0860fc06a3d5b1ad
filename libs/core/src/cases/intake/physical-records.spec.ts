import { describe, expect, test } from '@jest/globals';
import { LONGEST_RECORD, physicalRecords } from './physical-records.js';
import type { PhysicalRecord } from './physical-records.js';

/** Hands the bytes out in chunks of one size, from a buffer that is used again. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size);
  for (let from = 0; from < bytes.length; from += size) {
    const part = bytes.subarray(from, from + size);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
  }
}

async function collect(records: AsyncIterable<PhysicalRecord>): Promise<PhysicalRecord[]> {
  const all: PhysicalRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

async function recordsOf(content: string | Uint8Array, quotes = true, chunk = 65_536): Promise<PhysicalRecord[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return collect(physicalRecords(inChunks(bytes, chunk), { quotes }));
}

const SAMPLE = '\ufeff"a",b\r\n\r\n"x\r\n""y""\r\n",2\r\nÄ,5" pipe\r\nlast,"1"';

test.each([1, 2, 3, 7, 65_536])('numbers physical lines whatever the chunks are (%d bytes)', async (chunk) => {
  expect(await recordsOf(SAMPLE, true, chunk)).toEqual([
    { line: 1, text: '"a",b' },
    { line: 2, text: '' },
    { line: 3, text: '"x\r\n""y""\r\n",2' },
    { line: 6, text: 'Ä,5" pipe' },
    { line: 7, text: 'last,"1"' },
  ]);
});

test('without quotes every newline ends a record', async () => {
  expect((await recordsOf('"a\nb"\n', false)).map(({ line, text }) => [line, text])).toEqual([
    [1, '"a'],
    [2, 'b"'],
  ]);
});

describe('what can not be read', () => {
  test.each([10, 1_000, 1_000_000])('a long record is passed over alone (chunks of %d bytes)', async (chunk) => {
    const records = await recordsOf(
      `a\n${'x'.repeat(LONGEST_RECORD + 1)}\n${'y'.repeat(LONGEST_RECORD)}\nb\n`,
      true,
      chunk,
    );
    expect(records.map(({ line, fault, text }) => [line, fault ?? text?.length])).toEqual([
      [1, 1],
      [2, 'size'],
      [3, LONGEST_RECORD],
      [4, 1],
    ]);
  });

  test('bytes that are not UTF-8 harm one record', async () => {
    const latin1 = Buffer.from('a\nJos\u00e9\nb\n', 'latin1');
    expect((await recordsOf(latin1)).map(({ fault, text }) => fault ?? text)).toEqual(['a', 'encoding', 'b']);
  });

  test.each([10, 1_000, 1_000_000])('an open quote ends the reading (chunks of %d bytes)', async (chunk) => {
    const atEnd = await recordsOf('a\nb,"c\nd\n', true, chunk);
    expect(atEnd.at(-1)).toEqual({ line: 2, fault: 'quote' });
    const endless = await recordsOf(`a\nb,"${'c\n'.repeat(LONGEST_RECORD)}"\nd\n`, true, chunk);
    expect(endless).toEqual([
      { line: 1, text: 'a' },
      { line: 2, fault: 'quote' },
    ]);
  });

  test('an open quote stops the stream instead of draining it', async () => {
    let served = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,"');
      while (served < 1_000) {
        served += 1;
        yield Buffer.from('""x'.repeat(1_000));
      }
    }
    // Escaped quotes close and open again; they must not hide that the cell never ends.
    const records = await collect(physicalRecords(endless(), { quotes: true }));
    expect(records).toEqual([{ line: 1, fault: 'quote' }]);
    expect(served).toBeLessThan(30);
  });
});
