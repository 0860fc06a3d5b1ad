import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault } from '../contract/files.js';
import { readSettingsFile } from '../settings/read-settings-file.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import { readLayout } from './layout-schema.js';
import { MOST_FAULTS, MOST_RECORD_FAULTS, type FileLayout } from './layout.js';

const sample = readLayout(await readSettingsFile(new URL('./sample-mainframe.yaml', import.meta.url)));
if (sample.layout === undefined) throw new Error(JSON.stringify(sample.faults));
const LAYOUT = sample.layout;
const CONTEXT = { file: 'mainframe.dat', date: '2026-11-21' };

async function encode(records: readonly Record<string, unknown>[], faults: FileFault[] = [], layout = LAYOUT) {
  return joined(fileFormat(layout).encode(records, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(bytes: Uint8Array, piece = 11, layout = LAYOUT): Promise<DecodedRecord[]> {
  return collected(fileFormat(layout).decode(inPieces(bytes, piece), CONTEXT));
}

const ACCOUNT = {
  mark: 'A',
  nationalNumber: '012345678',
  telephone: '2175550100',
  opened: '2026-11-30',
  changedAt: '2026-11-30T23:59:58',
  balance: -123_456,
  fee: -1_234,
  sequence: 37,
  change: -2,
  name: 'ZOË',
  marks: [{ code: 'X' }, { code: 'YY' }],
  history: [{ on: '2026-11-30', paid: 2_515 }],
  segments: [
    { segment: 'N1', note: 'ONE' },
    { segment: 'N1', note: 'TWO' },
  ],
};

/** The file that carries one such account, part by part. */
const BYTES = [
  '00520000', // block: 4 + 78
  '004e0000', // record: 59 + 7 + 12
  'c1',
  '012345678f',
  '02175550100f',
  '011302026f',
  '011302026235958c',
  '000123456d',
  'f0f0f1f2f3d4', // 001234 with a minus in its last zone
  '25000000', // little-endian 37, the line feed of EBCDIC
  'fffe',
  '1f',
  'e740e8e84040',
  'e9d673404040',
  '0135290a02515f',
  'd5f1d6d5c540',
  'd5f1e3e6d640',
  '00140000', // the trailer's block: 4 + 16
  '00100000',
  'e3',
  '002f',
  '001f',
  '0002515f',
  'f0f0f1',
].join('');

describe('a file of a mainframe', () => {
  test('is written byte by byte', async () => {
    expect((await encode([ACCOUNT])).toString('hex')).toBe(BYTES);
  });

  test('is read back, wherever pieces end', async () => {
    for (const piece of [1, 5, 1_000]) {
      const read = await decode(Buffer.from(BYTES, 'hex'), piece);
      const whole = read.map((item) => (item.fault === undefined ? { ...item } : item.fault));
      expect(whole).toEqual([
        { record: { ...ACCOUNT, length: 78, events: 1 }, number: 1, type: 'account' },
        {
          record: { length: 16, mark: 'T', blocks: 2, accounts: 1, paid: 2_515, known: 1 },
          number: 2,
          type: 'trailer',
        },
      ]);
    }
  });

  test('that has nothing in a record has zeros, signs and padding in it', async () => {
    const bytes = await encode([{ mark: 'A', name: 'X' }]);
    expect(bytes.subarray(4, 63).toString('hex')).toBe(
      '003b0000c1' +
        '000000000f' +
        '00000000000f' +
        '000000000f' +
        '000000000000000c' +
        '000000000c' +
        'f0f0f0f0f0c0' +
        '00000000' +
        '0000' +
        '0f' +
        '404040404040' +
        'e74040404040',
    );
    const [account] = await decode(bytes);
    expect(account?.record).toEqual({
      length: 59,
      mark: 'A',
      balance: 0,
      fee: 0,
      sequence: 0,
      change: 0,
      events: 0,
      name: 'X',
    });
  });

  test.each<[string, number, string, Partial<FileFault>]>([
    [
      'a nibble that is no digit',
      9,
      'fa',
      { field: 'nationalNumber', position: '6-10', rule: 'packed', value: '(5 bytes)' },
    ],
    ['an eleventh digit', 11, '12', { field: 'telephone', position: '11-16', rule: 'length', value: '0x12175550100f' }],
    ['a day that does not exist', 17, '013312026f', { field: 'opened', rule: 'date', value: '0x013312026f' }],
    ['a minus where none may be', 64, '02515d', { field: 'history[1].paid', position: '64-66', rule: 'packed' }],
    ['a blank second note', 75, '40404040', { field: 'n1[2].note', position: '75-78', rule: 'required' }],
    ['a control character', 75, '25', { field: 'n1[2].note', position: '75-78', rule: 'characters' }],
    ['another segment', 67, 'd5f2', { field: null, position: '67-68', rule: 'segment', value: 'N2' }],
  ])('with %s names the record, the field and the bytes', async (_name, at, bytes, wanted) => {
    const file = Buffer.from(BYTES, 'hex');
    // The word of the block stands before the record.
    file.set(Buffer.from(bytes, 'hex'), 4 + at - 1);
    const faults = (await decode(file)).flatMap(({ fault }) => fault ?? []);
    expect(faults[0]).toMatchObject({ severity: 'record', file: 'mainframe.dat', record: 1, ...wanted });
  });

  test('is a record, a fault or nothing, whatever its bytes are', async () => {
    const whole = Buffer.from(BYTES, 'hex');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, byte, end) => {
        const bytes = Buffer.from(whole.subarray(0, end));
        if (at < end) bytes[at] = byte;
        const read = await decode(bytes, 17);
        const faults = read.flatMap(({ fault }) => fault ?? []);
        if (end < whole.length) expect(faults.map(({ severity }) => severity)).toContain('file');
      }),
      { numRuns: 300 },
    );
  });

  test('gives no more than a chunk ahead of its blocks', async () => {
    const one = Buffer.from(BYTES, 'hex').subarray(0, 82);
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; taken < 20_000; taken += 1) yield one;
    }
    const before = process.memoryUsage().arrayBuffers;
    let read = 0;
    for await (const { record } of fileFormat(LAYOUT).decode(endless(), CONTEXT)) if (record !== undefined) read += 1;
    expect(read).toBe(20_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });
});

describe('bounds', () => {
  const letters = (count: number): FileLayout => ({
    name: 'letters',
    characterSet: 'cp037',
    delimiter: 'nel',
    maxRecordLength: count,
    records: [
      {
        name: 'line',
        length: count,
        recognise: 'otherwise',
        cutBlanks: true,
        fields: Array.from({ length: count }, (_, index) => ({
          name: `Field ${index}`,
          start: index + 1,
          length: 1,
          type: 'number' as const,
        })),
      },
    ],
  });

  test('a line whose blanks were cut is filled with blanks of its set', async () => {
    const [line] = await decode(Buffer.from('f1f215', 'hex'), 1, letters(4));
    expect(line?.record).toEqual({ field0: 1, field1: 2 });
  });

  test('of the faults of one record', async () => {
    const read = await decode(Buffer.from('c1'.repeat(300) + '15', 'hex'), 100, letters(300));
    expect(read).toHaveLength(MOST_RECORD_FAULTS + 1);
    expect(read.at(-1)?.fault).toMatchObject({ severity: 'record', rule: 'faults', record: 1 });
  });

  test('of the faults of one file', async () => {
    const wrong = Buffer.from('c115'.repeat(MOST_FAULTS + 50), 'hex');
    let told = 0;
    let last: FileFault | undefined;
    for await (const { fault } of fileFormat(letters(1)).decode(inPieces(wrong, 65_536), CONTEXT)) {
      told += 1;
      last = fault;
    }
    expect(told).toBe(MOST_FAULTS + 2);
    expect(last).toMatchObject({ severity: 'file', rule: 'faults' });
  });

  test('of a record in bytes', () => {
    expect(readLayout({ ...letters(1), maxRecordLength: 40_000 }).faults?.[0]?.path).toEqual(['maxRecordLength']);
  });
});

test.each([
  ['cutBlanks', { cutBlanks: true }],
  ['openEnd', { openEnd: true }],
])('binary content and %s do not go together', (key, change) => {
  const records = LAYOUT.records.map((record) => ({ ...record, segments: undefined, groups: undefined, ...change }));
  const paths = readLayout({ ...LAYOUT, records, trailer: undefined }).faults?.map(({ path }) => path);
  expect(paths).toContainEqual(['records', 0, key]);
});

test('segments of binary content need a length word', () => {
  const records = LAYOUT.records.map((record) => ({
    ...record,
    fields: record.fields.map((field) =>
      field.type === 'record-length' ? { ...field, type: 'number' as const } : field,
    ),
  }));
  expect(readLayout({ ...LAYOUT, records }).faults).toContainEqual({
    path: ['records', 0, 'segments'],
    message: expect.stringMatching(/record-length/),
  });
});
