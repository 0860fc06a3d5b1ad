import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, EncoderInput, FileFault } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import { checkLayout } from './layout-check.js';
import type { BlocksLayout, FileLayout } from './layout.js';

const CONTEXT = { file: 'blocked.dat', date: '2026-11-21' };

/** Records with a length word, of text, in blocks of digits. */
function textLayout(blocks: BlocksLayout, characterSet = 'ascii'): FileLayout {
  const trailer = { count: 'blocks' } as const;
  return {
    name: 'blocked',
    characterSet,
    delimiter: 'none',
    maxRecordLength: 40,
    blocks,
    records: [
      {
        name: 'line',
        length: 8,
        recognise: { start: 5, value: 'L' },
        fields: [
          { name: 'Length', start: 1, length: 4, type: 'record-length' },
          { name: 'Mark', start: 5, length: 1, type: 'constant', value: 'L' },
          { name: 'Number', start: 6, length: 3, type: 'number' },
        ],
        segments: {
          identifierLength: 1,
          types: [
            {
              identifier: 'S',
              length: 4,
              fields: [
                { name: 'Segment', start: 1, length: 1, type: 'constant', value: 'S' },
                { name: 'Text', start: 2, length: 3, type: 'text' },
              ],
            },
          ],
        },
      },
    ],
    trailer: {
      name: 'trailer',
      length: 9,
      recognise: { start: 5, value: 'T' },
      fields: [
        { name: 'Length', start: 1, length: 4, type: 'record-length' },
        { name: 'Mark', start: 5, length: 1, type: 'constant', value: 'T' },
        { name: 'Blocks', start: 6, length: 2, type: 'number', total: trailer },
        { name: 'Lines', start: 8, length: 2, type: 'number', total: { count: 'records' } },
      ],
    },
  };
}

/** A mainframe's variable blocked records: words of two binary bytes and two zero bytes, packed amounts. */
function binaryLayout(blocks: BlocksLayout): FileLayout {
  return {
    name: 'variable-blocked',
    characterSet: 'cp037',
    delimiter: 'none',
    maxRecordLength: 20,
    blocks,
    records: [
      {
        name: 'line',
        length: 10,
        recognise: 'otherwise',
        fields: [
          { name: 'Length', start: 1, length: 2, type: 'record-length', encoding: 'binary' },
          { name: 'Zeros', start: 3, length: 2, type: 'filler', pad: 'nul' },
          { name: 'Name', start: 5, length: 2, type: 'text' },
          { name: 'Amount', start: 7, length: 4, type: 'number', encoding: 'packed' },
        ],
      },
    ],
  };
}

async function encode(layout: FileLayout, inputs: readonly EncoderInput[], faults: FileFault[] = []): Promise<Buffer> {
  return joined(fileFormat(layout).encode(inputs, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(layout: FileLayout, bytes: Uint8Array, piece = 7): Promise<DecodedRecord[]> {
  return collected(fileFormat(layout).decode(inPieces(bytes, piece), CONTEXT));
}

const line = (number: number, ...texts: string[]) => ({
  mark: 'L',
  number,
  ...(texts.length === 0 ? {} : { segments: texts.map((text) => ({ segment: 'S', text })) }),
});
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(index + 1));
const ONE: BlocksLayout = { word: 'digits', length: 4, recordsPerBlock: 1 };

describe('blocks are written', () => {
  test('with one record each, as the word and the record word say', async () => {
    const bytes = await encode(textLayout(ONE), [line(1), line(2, 'ABC')]);
    expect(bytes.toString()).toBe('00120008L001' + '00160012L002SABC' + '00130009T0302');
  });

  test('with several records each, the trailer in the last', async () => {
    const bytes = await encode(textLayout({ ...ONE, recordsPerBlock: 3 }), lines(4));
    expect(bytes.toString()).toBe('00280008L0010008L0020008L003' + '00210008L0040009T0204');
  });

  test('up to their longest, and a record that has no room opens the next', async () => {
    const bytes = await encode(textLayout({ word: 'digits', length: 4, maxBlockLength: 24 }), [
      ...lines(2),
      line(3, 'ABC'),
    ]);
    expect(bytes.toString()).toBe('00200008L0010008L002' + '00160012L003SABC' + '00130009T0303');
  });

  test('in EBCDIC, with line ends between them that nothing counts', async () => {
    const layout: FileLayout = { ...textLayout(ONE, 'cp037'), delimiter: 'nel' };
    const bytes = await encode(layout, [line(1)]);
    expect(bytes.toString('hex')).toBe('f0f0f1f2f0f0f0f8d3f0f0f115' + 'f0f0f1f3f0f0f0f9e3f0f2f0f115');
    expect((await decode(layout, bytes)).map(({ fault }) => fault)).toEqual([undefined, undefined]);
  });

  test('with binary words, whose line feeds are no line ends', async () => {
    const layout = binaryLayout({ word: 'binary', length: 2, zeros: 2, recordsPerBlock: 2 });
    const records = [{ name: 'AB', amount: 2_525_250 }, { name: 'C', amount: 1_515_150 }, { amount: 4_040_400 }];
    const bytes = await encode(layout, records);
    expect(bytes.toString('hex')).toBe(
      '00180000' + '000a0000c1c22525250f' + '000a0000c3401515150f' + '000e0000' + '000a000040404040400f',
    );
    for (const piece of [1, 2, 50]) {
      expect((await decode(layout, bytes, piece)).map(({ record }) => record)).toEqual(
        records.map((record) => ({ length: 10, ...record })),
      );
    }
  });

  test('without a trace of records that were taken back', async () => {
    const layout = textLayout({ ...ONE, recordsPerBlock: 2 });
    const faults: FileFault[] = [];
    const bytes = await encode(layout, [line(1), [line(2), line(3), line(-1)], line(4)], faults);
    expect(bytes.toString()).toBe((await encode(layout, [line(1), line(4)])).toString());
    expect(faults).toHaveLength(1);
  });

  test('across chunks', async () => {
    const layout = textLayout({ word: 'digits', length: 6, maxBlockLength: 300_000 });
    const bytes = await encode(
      layout,
      Array.from({ length: 60_000 }, (_, index) => line(index % 1_000)),
    );
    expect(bytes.subarray(0, 6).toString()).toBe('299998');
    expect(bytes.subarray(299_998, 300_004).toString()).toBe('180014');
    // Two digits of the trailer can't state so many lines: the file breaks off, with its block closed.
    expect(bytes).toHaveLength(480_012);
  });

  test('no record longer than a block', async () => {
    const faults: FileFault[] = [];
    await encode(textLayout({ ...ONE, maxBlockLength: 20 }), [line(1, 'A', 'B', 'C')], faults);
    expect(faults).toMatchObject([{ severity: 'record', rule: 'length' }]);
  });
});

describe('blocks are read', () => {
  test('however many records they have, and wherever pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.stringMatching(/^[A-Z]{1,3}$/), { maxLength: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 44, max: 80 }),
        fc.integer({ min: 1, max: 90 }),
        async (texts, recordsPerBlock, maxBlockLength, piece) => {
          const layout = textLayout({ word: 'digits', length: 4, recordsPerBlock, maxBlockLength });
          const records = texts.map((all, index) => line(index, ...all));
          const read = await decode(layout, await encode(layout, records), piece);
          expect(read.map(({ fault }) => fault).filter((fault) => fault !== undefined)).toEqual([]);
          expect(read.slice(0, -1).map(({ record }) => ({ ...record, length: undefined }))).toEqual(
            records.map((record) => ({ ...record, length: undefined })),
          );
        },
      ),
    );
  });

  test.each<[string, string, (string | null)[]]>([
    ['too short a word', '00040008L001', ['block', '1-4']],
    ['too long a word', '00990008L001', ['block', '1-4']],
    ['a word that is no number', '00x20008L001', ['block', '1-4']],
    ['a record that crosses the end', '00120012L001SABC', ['block', '5-16']],
    ['a second block with a wrong word', '00120008L00100000008L001', ['block', '13-16']],
    ['half a word', '00120008L00100', ['truncated', '13-14']],
    ['a cut block', '00200008L001', ['truncated', '13']],
    ['a cut record', '00120008L0', ['truncated', null]],
    ['a record without a length', '00128L001000', ['length', null]],
    ['too many blocks for the trailer', '00120008L00100130009T0301', ['total', '6-7']],
  ])('with %s refuse the file', async (_name, text, [rule, position]) => {
    const layout = textLayout({ ...ONE, maxBlockLength: 60 });
    for (const piece of [1, 100]) {
      const faults = (await decode(layout, Buffer.from(text), piece)).flatMap(({ fault }) => fault ?? []);
      expect(faults).toContainEqual(expect.objectContaining({ severity: 'file', rule, position }));
    }
  });

  test('and zero bytes must follow a binary word', async () => {
    const layout = binaryLayout({ word: 'binary', length: 2, zeros: 2, recordsPerBlock: 1 });
    const [first] = await decode(layout, Buffer.from('000e0001000a0000c1c22525250f', 'hex'));
    expect(first?.fault).toMatchObject({ severity: 'file', rule: 'block', position: '1-4' });
  });

  test('whatever the bytes are', async () => {
    const layout = binaryLayout({ word: 'binary', length: 1, recordsPerBlock: 1 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        for (const { fault, record } of await decode(layout, bytes)) expect(fault ?? record).toBeDefined();
      }),
    );
  });
});

describe('records without blocks, with binary content', () => {
  const { blocks: _blocks, ...undelimited } = binaryLayout(ONE);
  const records = [
    { name: 'AB', amount: 1_525_250 },
    { name: 'CD', amount: 2_515_150 },
  ];

  test.each<[FileLayout['delimiter'], string]>([
    ['none', ''],
    ['nel', '15'],
    ['crlf', '0d25'],
  ])('are ended by %s and nothing else', async (delimiter, end) => {
    const layout = { ...undelimited, delimiter };
    const bytes = await encode(layout, records);
    expect(bytes.toString('hex')).toBe(`000a0000c1c21525250f${end}000a0000c3c42515150f${end}`);
    expect((await decode(layout, bytes, 3)).map(({ record }) => record?.['amount'])).toEqual([1_525_250, 2_515_150]);
  });

  test('are lost where the line end is not where it must be', async () => {
    const layout = { ...undelimited, delimiter: 'nel' } as const;
    const bytes = await encode(layout, records);
    bytes[10] = 0x40;
    const read = await decode(layout, bytes);
    expect(read[0]?.fault).toMatchObject({ severity: 'file', rule: 'delimiter', position: '11' });
    expect(read).toHaveLength(1);
  });
});

test.each<[string, Partial<BlocksLayout>, RegExp]>([
  ['no way to fill them', { recordsPerBlock: undefined }, /need recordsPerBlock or maxBlockLength/],
  ['too long a word', { length: 8 }, /1 to 7/],
  ['zeros behind digits', { zeros: 2 }, /binary word only/],
  ['no room for a record', { maxBlockLength: 12 }, /room for 8 bytes/],
  ['more than the most', { maxBlockLength: 2_000_000 }, /at most 1048576/],
])('blocks with %s are refused', (_name, change, message) => {
  const faults = checkLayout(textLayout({ ...ONE, ...change }));
  expect(faults.map((fault) => fault.message)).toContainEqual(expect.stringMatching(message));
});

test('blocks that are not there can not be counted', () => {
  const { blocks: _blocks, ...layout } = textLayout(ONE);
  expect(checkLayout(layout)).toEqual([
    { path: ['trailer', 'fields', 2, 'total'], message: 'there are no blocks to count' },
  ]);
});
