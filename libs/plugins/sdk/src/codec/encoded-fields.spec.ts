import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault, PartnerRecord } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import { checkLayout } from './layout-check.js';
import type { FieldLayout, FileLayout } from './layout.js';

const CONTEXT = { file: 'packed.bin', date: '2026-11-21' };

/** A record of one field behind a mark, in a file without line ends. */
function layoutOf(field: FieldLayout, characterSet = 'ascii'): FileLayout {
  const length = 1 + field.length;
  return {
    name: 'encoded',
    characterSet,
    delimiter: 'none',
    maxRecordLength: length,
    records: [
      {
        name: 'line',
        length,
        recognise: { start: 1, value: 'A' },
        fields: [{ name: 'Mark', start: 1, length: 1, type: 'constant', value: 'A' }, field],
      },
    ],
  };
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

async function written(field: FieldLayout, value: unknown, characterSet?: string): Promise<string> {
  const told: FileFault[] = [];
  const record = { mark: 'A', value };
  const format = fileFormat(layoutOf(field, characterSet));
  const bytes = await joined(format.encode([record], CONTEXT, (fault) => told.push(fault)));
  return told[0]?.rule ?? bytes.subarray(1).toString('hex');
}

async function read(field: FieldLayout, bytes: Buffer, characterSet?: string): Promise<DecodedRecord[]> {
  const mark = Buffer.from(characterSet === undefined ? 'A' : '\u00c1', 'latin1');
  return collected(
    fileFormat(layoutOf(field, characterSet)).decode(inPieces(Buffer.concat([mark, bytes]), 1), CONTEXT),
  );
}

const AT = { name: 'Value', start: 2 } as const;
const packed = { ...AT, length: 3, type: 'number', encoding: 'packed' } as const;
const signedMoney = { ...AT, length: 3, type: 'money', decimals: 2, encoding: 'packed', signed: true } as const;
const packedDate = { ...AT, length: 5, type: 'date', pattern: 'MMDDCCYY', encoding: 'packed' } as const;
const packedDigits = { ...AT, length: 6, type: 'digits', encoding: 'packed', digits: 10 } as const;
const stamp = { ...AT, length: 8, type: 'timestamp', pattern: 'MMDDCCYYhhmmss', encoding: 'packed' } as const;
const word = { ...AT, length: 2, type: 'number', encoding: 'binary' } as const;
const zoned = { ...AT, length: 4, type: 'money', decimals: 2, signed: true, sign: 'overpunch' } as const;

describe('what is written and read back', () => {
  test.each<[FieldLayout, unknown, string]>([
    [packed, 12_345, '12345f'],
    [packed, 0, '00000f'],
    [packed, undefined, '00000f'],
    [signedMoney, 12_345, '12345c'],
    [signedMoney, -7, '00007d'],
    [signedMoney, undefined, '00000c'],
    [packedDate, '2026-11-30', '011302026f'],
    [{ ...packedDate, signed: true }, '2026-11-30', '011302026c'],
    [packedDate, undefined, '000000000f'],
    [packedDigits, '2175550100', '02175550100f'],
    [{ ...packedDigits, length: 5, digits: undefined }, '012345678', '012345678f'],
    [stamp, '2026-11-30T23:59:58', '011302026235958f'],
    [word, 460, '01cc'],
    [{ ...word, byteOrder: 'little' }, 460, 'cc01'],
    [{ ...word, signed: true }, -2, 'fffe'],
    [{ ...word, length: 8 }, Number.MAX_SAFE_INTEGER, '001fffffffffffff'],
    [{ ...word, length: 8, signed: true }, -1, 'ffffffffffffffff'],
    [{ ...word, length: 7, signed: true, byteOrder: 'little' }, -256, '00ffffffffffff'],
    [{ ...AT, length: 4, type: 'date', pattern: 'CCYYMMDD', encoding: 'binary' }, '2026-11-30', '0135290a'],
    [{ ...AT, length: 4, type: 'digits', digits: 9, encoding: 'binary' }, '012345678', '00bc614e'],
    [zoned, 1_234, Buffer.from('123D').toString('hex')],
    [zoned, -1_230, Buffer.from('123}').toString('hex')],
    [zoned, 0, Buffer.from('000{').toString('hex')],
    [{ ...zoned, sign: 'leading-overpunch' }, -1_234, Buffer.from('J234').toString('hex')],
    [{ ...zoned, pad: ' ' }, -5, Buffer.from('   N').toString('hex')],
    [{ ...AT, length: 4, type: 'number', signed: true }, -12, Buffer.from('-012').toString('hex')],
  ])('%j: %j is %s', async (field, value, bytes) => {
    expect(await written(field, value)).toBe(bytes);
    const [line] = await read(field, hex(bytes));
    const absent = field.type === 'date' ? undefined : 0;
    expect(line?.record?.['value']).toBe(value ?? absent);
  });

  test.each<[FieldLayout, unknown, string]>([
    [packed, 123_456, 'length'],
    [packed, -1, 'number'],
    [packed, 1.5, 'number'],
    [packedDate, '2026-02-30', 'date'],
    [packedDigits, '12345678901', 'length'],
    [packedDigits, '12a', 'digits'],
    [word, 65_536, 'length'],
    [{ ...word, signed: true }, 32_768, 'length'],
    [{ ...word, signed: true }, -32_769, 'length'],
    [word, -1, 'number'],
    [zoned, 12_345, 'length'],
    [zoned, '1', 'number'],
  ])('%j can not carry %j: %s', async (field, value, rule) => {
    expect(await written(field, value)).toBe(rule);
  });

  test('in an EBCDIC file, packed and binary bytes are not translated and zoned digits are', async () => {
    expect(await written(packed, 40_404, 'cp037')).toBe('40404f');
    expect(await written(word, 0x2515, 'cp037')).toBe('2515');
    expect(await written(zoned, -1_234, 'cp037')).toBe('f1f2f3d4');
    expect(await written(zoned, 1_230, 'cp1047')).toBe('f1f2f3c0');
    const [line] = await read(zoned, hex('f1f2f3f4'), 'cp037');
    expect(line?.record?.['value']).toBe(1_234);
  });

  const numbers: [string, FieldLayout, fc.Arbitrary<number>][] = [
    ['packed', { ...signedMoney, length: 8 }, fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })],
    ['binary', { ...word, length: 8, signed: true }, fc.maxSafeInteger()],
    ['little-endian', { ...word, length: 6, byteOrder: 'little' }, fc.integer({ min: 0, max: 2 ** 48 - 1 })],
    ['zoned', { ...zoned, length: 9 }, fc.integer({ min: -999_999_999, max: 999_999_999 })],
    ['zoned in EBCDIC', { ...zoned, length: 9, sign: 'leading-overpunch', pad: ' ' }, fc.integer({ min: -9, max: 9 })],
  ];
  test.each(numbers)('any %s number comes back', async (name, field, values) => {
    const set = name.endsWith('EBCDIC') ? 'cp1140' : undefined;
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const [line] = await read(field, hex(await written(field, value, set)), set);
        expect(line?.record?.['value']).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 100 },
    );
  });
});

describe('bytes that are none of the field', () => {
  test.each<[FieldLayout, string, string, string]>([
    [packed, '12a45f', 'packed', '0x12a45f'],
    [packed, '123450', 'packed', '0x123450'],
    [packed, '12345d', 'packed', '0x12345d'],
    [packed, '202020', 'packed', '0x202020'],
    [packedDate, '013322026f', 'date', '0x013322026f'],
    [packedDate, '111302026f', 'length', '0x111302026f'],
    [packedDate, '0113020263', 'packed', '0x0113020263'],
    [packedDigits, '12175550100f', 'length', '0x12175550100f'],
    [{ ...word, length: 8 }, '0020000000000000', 'binary', '0x0020000000000000'],
    [{ ...AT, length: 4, type: 'digits', digits: 2, encoding: 'binary' }, '00000064', 'length', '0x00000064'],
    [zoned, Buffer.from('12D4').toString('hex'), 'number', '12D4'],
    [zoned, Buffer.from('123Z').toString('hex'), 'number', '123Z'],
  ])('%j: %s breaks %s', async (field, bytes, rule, value) => {
    const [line] = await read(field, hex(bytes));
    const position = `2-${1 + field.length}`;
    expect(line?.fault).toMatchObject({ severity: 'record', record: 1, field: 'value', position, rule, value });
  });

  test('show nothing of an identifier', async () => {
    const [line] = await read({ ...packedDigits, sensitive: true }, hex('0217555010ff'));
    expect(line?.fault).toMatchObject({ rule: 'packed', value: '(6 bytes)' });
  });

  test('are a value or a fault, whatever they are', async () => {
    const fields: FieldLayout[] = [packed, signedMoney, packedDate, packedDigits, stamp, { ...word, length: 8 }];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        async (field, bytes) => {
          const read1 = await read(field, Buffer.from(bytes.subarray(0, field.length)));
          expect(read1.length).toBeGreaterThan(0);
          for (const { record, fault } of read1) {
            if (fault !== undefined) expect(fault.position).toBe(`2-${1 + field.length}`);
            else if (typeof record['value'] === 'number') expect(Number.isSafeInteger(record['value'])).toBe(true);
          }
        },
      ),
    );
  });
});

test.each<[string, FieldLayout, RegExp]>([
  ['too many packed digits', { ...packed, length: 9 }, /at most 15 digits/],
  ['too many binary bytes', { ...word, length: 9 }, /at most 8 binary bytes/],
  ['padding', { ...packed, pad: ' ' }, /nothing pads it/],
  ['a point', { ...signedMoney, point: true }, /no point stands in it/],
  ['a zone in a packed field', { ...signedMoney, sign: 'overpunch' }, /no other style/],
  ['a style without a sign', { ...zoned, signed: false }, /not signed/],
  ['separators', { ...packedDate, length: 6, pattern: 'CCYY-MM-DD' }, /separators/],
  ['more digits than bytes hold', { ...packedDate, length: 4 }, /its bytes hold 7/],
  ['binary digits without their number', { ...word, type: 'digits' }, /does not say how many/],
  ['a byte order of text', { ...AT, length: 4, type: 'number', byteOrder: 'little' }, /not binary/],
])('a field with %s is refused', (_name, field, message) => {
  expect(checkLayout(layoutOf(field)).map((fault) => fault.message)).toContainEqual(expect.stringMatching(message));
});

test('totals are counted over packed, binary and zoned fields', async () => {
  const number = { type: 'number', encoding: 'packed', length: 3 } as const;
  const layout: FileLayout = {
    name: 'totals',
    characterSet: 'cp037',
    delimiter: 'none',
    maxRecordLength: 16,
    records: [
      {
        name: 'line',
        length: 12,
        recognise: { start: 1, value: 'A' },
        fields: [
          { name: 'Mark', start: 1, length: 1, type: 'constant', value: 'A' },
          { name: 'Amount', start: 2, length: 3, type: 'money', decimals: 2, encoding: 'packed', signed: true },
          { name: 'Zoned', start: 5, length: 3, type: 'money', decimals: 2, signed: true, sign: 'overpunch' },
          { name: 'Person', start: 8, length: 5, type: 'digits', encoding: 'packed', zeroIsBlank: true },
        ],
      },
    ],
    trailer: {
      name: 'trailer',
      length: 13,
      recognise: { start: 1, value: 'T' },
      fields: [
        { name: 'Mark', start: 1, length: 1, type: 'constant', value: 'T' },
        { name: 'Lines', start: 2, ...number, total: { count: 'records' } },
        {
          name: 'Known',
          start: 5,
          ...number,
          total: { count: 'filled', places: ['line.person'], ignore: ['999999999'] },
        },
        {
          name: 'Fives',
          start: 8,
          ...number,
          total: { count: 'equal', places: ['line.amount', 'line.zoned'], value: '5' },
        },
        {
          name: 'Sum',
          start: 11,
          length: 3,
          type: 'money',
          decimals: 2,
          encoding: 'packed',
          signed: true,
          total: { count: 'sum', places: ['line.amount', 'line.zoned'] },
        },
      ],
    },
  };
  const format = fileFormat(layout);
  const records: PartnerRecord[] = [
    { mark: 'A', amount: -50, zoned: 5, person: '123456789' },
    { mark: 'A', amount: 5, zoned: 0, person: '999999999' },
    { mark: 'A', amount: 10, zoned: -5 },
  ];
  const bytes = await joined(
    format.encode(records, CONTEXT, (fault) => {
      throw new Error(JSON.stringify(fault));
    }),
  );
  expect(bytes.subarray(0, 12).toString('hex')).toBe('c1' + '00050d' + 'f0f0c5' + '123456789f');
  expect(bytes.subarray(36).toString('hex')).toBe('e3' + '00003f' + '00001f' + '00002f' + '00035d');
  const read1 = await collected(format.decode(inPieces(bytes, 5), CONTEXT));
  expect(read1.map(({ record }) => record)).toEqual([
    ...records,
    { mark: 'T', lines: 3, known: 1, fives: 2, sum: -35 },
  ]);
  bytes[bytes.length - 1] = 0x6d;
  const wrong = await collected(format.decode(inPieces(bytes, 5), CONTEXT));
  expect(wrong.at(-1)?.fault).toMatchObject({ severity: 'file', rule: 'total', field: 'sum', value: '-36' });
});
