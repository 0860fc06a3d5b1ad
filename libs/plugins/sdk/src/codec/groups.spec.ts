import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import { readLayout } from './layout-schema.js';
import type { FileLayout, GroupLayout, RecordLayout } from './layout.js';

const CONTEXT = { file: 'groups.dat', date: '2026-11-21' };

const PHONES: GroupLayout = {
  name: 'Phones',
  start: 7,
  length: 4,
  occurs: 3,
  fields: [
    { name: 'Kind', start: 1, length: 1, type: 'text', required: true },
    { name: 'Digits', start: 2, length: 3, type: 'number' },
  ],
};
const PAYMENTS: GroupLayout = {
  name: 'Payments',
  length: 5,
  occurs: { field: 'paymentCount', most: 4 },
  fields: [
    { name: 'Amount', start: 1, length: 3, type: 'money', decimals: 2, encoding: 'packed', signed: true },
    { name: 'Code', start: 4, length: 2, type: 'text', codes: ['AB', 'C'], sensitive: true },
  ],
};
const RECORD: RecordLayout = {
  name: 'account',
  length: 20,
  recognise: { start: 1, value: 'A' },
  fields: [
    { name: 'Mark', start: 1, length: 1, type: 'constant', value: 'A' },
    { name: 'Payment Count', start: 2, length: 1, type: 'number', encoding: 'binary', required: true },
    { name: 'Fee Count', start: 3, length: 1, type: 'number' },
    { name: 'Number', start: 4, length: 3, type: 'digits' },
    { name: 'End', start: 19, length: 2, type: 'text' },
  ],
  groups: [
    PHONES,
    PAYMENTS,
    {
      name: 'Fees',
      length: 2,
      occurs: { field: 'feeCount', most: 9 },
      fields: [{ name: 'Fee', start: 1, length: 2, type: 'number' }],
    },
  ],
};
const LAYOUT: FileLayout = {
  name: 'groups',
  characterSet: 'ascii',
  delimiter: 'none',
  maxRecordLength: 60,
  records: [RECORD],
  trailer: {
    name: 'trailer',
    length: 9,
    recognise: { start: 1, value: 'T' },
    fields: [
      { name: 'Mark', start: 1, length: 1, type: 'constant', value: 'T' },
      {
        name: 'Sum',
        start: 2,
        length: 4,
        type: 'money',
        decimals: 2,
        encoding: 'packed',
        signed: true,
        total: { count: 'sum', places: ['account.payments.amount'] },
      },
      {
        name: 'Home Phones',
        start: 6,
        length: 4,
        type: 'number',
        total: { count: 'equal', places: ['account.phones.kind'], value: 'H' },
      },
    ],
  },
};

async function encode(records: readonly Record<string, unknown>[], faults: FileFault[] = [], layout = LAYOUT) {
  return joined(fileFormat(layout).encode(records, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(bytes: Uint8Array, piece = 3, layout = LAYOUT): Promise<DecodedRecord[]> {
  return collected(fileFormat(layout).decode(inPieces(bytes, piece), CONTEXT));
}

const phone = (kind: string, digits: number) => ({ kind, digits });
const FULL = {
  mark: 'A',
  number: '007',
  end: 'ZZ',
  phones: [phone('H', 12), phone('W', 345)],
  payments: [
    { amount: -1_050, code: 'AB' },
    { amount: 5, code: 'C' },
  ],
  fees: [{ fee: 7 }],
};

describe('groups', () => {
  test('stand where the table says, counted ones behind the fields', async () => {
    const bytes = await encode([FULL, { mark: 'A', number: '8' }]);
    expect(bytes.toString('latin1')).toBe(
      'A\u00021007' +
        'H012W345 000' +
        'ZZ' +
        '\u0001\u0005\u000dAB' +
        '\u0000\u0000\u005cC ' +
        '07' +
        'A\u00000008' +
        ' 000 000 000' +
        '  ' +
        'T\u0000\u0001\u0004\u005d0001',
    );
    for (const piece of [1, 2, 200]) {
      expect((await decode(bytes, piece)).map(({ record }) => record)).toEqual([
        { ...FULL, paymentCount: 2, feeCount: 1 },
        { mark: 'A', paymentCount: 0, feeCount: 0, number: '008' },
        { mark: 'T', sum: -1_045, homePhones: 1 },
      ]);
    }
  });

  test('give back whatever was written, in EBCDIC and with line ends as without', async () => {
    const record = fc.record({
      mark: fc.constant('A'),
      number: fc.constantFrom('001', '999'),
      phones: fc.array(fc.record({ kind: fc.constantFrom('H', 'é'), digits: fc.nat(999) }), {
        minLength: 1,
        maxLength: 3,
      }),
      payments: fc.array(
        fc.record({ amount: fc.integer({ min: -99_999, max: 99_999 }), code: fc.constantFrom('AB', 'C') }),
        { minLength: 1, maxLength: 4 },
      ),
      fees: fc.array(fc.record({ fee: fc.nat(99) }), { minLength: 1, maxLength: 9 }),
    });
    const layouts: FileLayout[] = [
      { ...LAYOUT, characterSet: 'latin1' },
      { ...LAYOUT, characterSet: 'cp500', delimiter: 'nel' },
      { ...LAYOUT, characterSet: 'cp850', blocks: { word: 'binary', length: 2, zeros: 2, maxBlockLength: 100 } },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 4 }),
        fc.constantFrom(...layouts),
        fc.integer({ min: 1, max: 50 }),
        async (records, layout, piece) => {
          const read = await decode(await encode(records, [], layout), piece, layout);
          const bodies = read.slice(0, -1).map(({ record: body }) => {
            const { paymentCount, feeCount, ...rest } = { ...body };
            expect([paymentCount, feeCount]).toEqual([
              (rest['payments'] as unknown[]).length,
              (rest['fees'] as unknown[]).length,
            ]);
            return rest;
          });
          expect(bodies).toEqual(records);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each<[unknown, string, string, string | null]>([
    [{ phones: [{ kind: 'H' }, {}] }, 'required', 'phones[2].kind', '11'],
    [{ payments: [{ amount: 1 }, { amount: 1_000_000 }] }, 'length', 'payments[2].amount', '26-28'],
    [{ payments: [{ code: 'SECRET' }] }, 'code-list', 'payments[1].code', '24-25'],
    [{ payments: Array.from({ length: 5 }, () => ({})) }, 'occurs', 'payments', null],
    [{ phones: [{ kind: 'H' }, 'W'] }, 'occurs', 'phones', null],
    [{ phones: { kind: 'H' } }, 'occurs', 'phones', null],
    [{ payments: [{ amount: 1 }], paymentCount: 2 }, 'occurs', 'paymentCount', '2'],
    [{ fees: [{ fee: 1, tax: 2 }] }, 'unknown-field', 'fees[1].tax', null],
    [{ fines: [] }, 'unknown-field', 'fines', null],
  ])('with %j leave the record out: %s', async (wrong, rule, field, position) => {
    const faults: FileFault[] = [];
    const bytes = await encode([{ mark: 'A', ...(wrong as object) }], faults);
    expect(faults).toMatchObject([{ severity: 'record', record: 1, rule, field, position }]);
    expect(faults[0]?.value ?? '').not.toContain('SECRET');
    expect(bytes).toEqual(await encode([]));
  });

  const damaged = async (at: number, value: string): Promise<FileFault[]> => {
    const bytes = await encode([FULL]);
    bytes.write(value, at - 1, 'latin1');
    return (await decode(bytes)).flatMap(({ fault }) => fault ?? []);
  };

  test.each<[string, number, string, Partial<FileFault>]>([
    [
      'a wrong nibble',
      26,
      '\u00a0',
      { rule: 'packed', field: 'payments[2].amount', position: '26-28', value: '0xa0005c' },
    ],
    [
      'an unlisted code',
      24,
      'XX',
      { rule: 'code-list', field: 'payments[1].code', position: '24-25', value: '(2 characters)' },
    ],
    ['a letter in a number', 12, 'x', { rule: 'number', field: 'phones[2].digits', position: '12-14', value: 'x45' }],
    ['a control character', 11, '\u0000', { rule: 'characters', field: 'phones[2].kind', position: '11' }],
    ['something behind padding', 18, '9', { rule: 'required', field: 'phones[3].kind', position: '15' }],
  ])('are read with %s at its place', async (_name, at, value, wanted) => {
    expect(await damaged(at, value)).toContainEqual(
      expect.objectContaining({ severity: 'record', record: 1, ...wanted }),
    );
  });

  test.each([
    ['too many', 2, '\u0005'],
    ['no number', 3, 'x'],
  ])('whose count is %s are lost where nothing delimits records', async (_name, at, value) => {
    expect(await damaged(at, value)).toMatchObject([{ severity: 'file', record: 1, rule: 'length' }]);
  });

  test('whose count is wrong harm only their record where a line end does', async () => {
    const text: FileLayout = {
      name: 'lines',
      characterSet: 'ascii',
      delimiter: 'lf',
      maxRecordLength: 10,
      records: [
        {
          name: 'line',
          length: 2,
          recognise: 'otherwise',
          fields: [{ name: 'Count', start: 1, length: 2, type: 'number' }],
          groups: [
            {
              name: 'Letters',
              length: 2,
              occurs: { field: 'count', most: 4 },
              fields: [{ name: 'Letter', start: 1, length: 2, type: 'text' }],
            },
          ],
        },
      ],
    };
    const read = await decode(Buffer.from('02AABB\n05AABB\n03AABB\nx1AA\n01AA\n00\n'), 4, text);
    expect(read.map(({ record, fault }) => record?.['letters'] ?? fault?.rule)).toEqual([
      [{ letter: 'AA' }, { letter: 'BB' }],
      'occurs',
      'length',
      'number',
      [{ letter: 'AA' }],
      undefined,
    ]);
    expect(read[1]?.fault).toMatchObject({
      severity: 'record',
      record: 2,
      field: 'count',
      position: '1-2',
      value: '5',
    });
  });
});

describe('a table of groups', () => {
  const changed = (change: Partial<GroupLayout>, index: number): readonly { path: unknown; message: string }[] => {
    const groups = RECORD.groups!.map((group, at) => (at === index ? { ...group, ...change } : group));
    return readLayout({ ...LAYOUT, records: [{ ...RECORD, groups }] }).faults ?? [];
  };

  test('is read from YAML as it is', () => {
    expect(readLayout(LAYOUT).layout).toEqual(LAYOUT);
  });

  test.each<[string, Partial<GroupLayout>, number, RegExp]>([
    ['an overlap', { start: 6 }, 0, /Phones at 6-17 overlaps position 6/],
    ['a gap', { occurs: 2 }, 0, /gap after position 14/],
    ['no place', { start: undefined }, 0, /does not say where/],
    ['a place of its own though counted', { start: 21 }, 1, /leave it out/],
    ['a count that is not there', { occurs: { field: 'payments', most: 4 } }, 1, /no field payments/],
    ['a count that is none', { occurs: { field: 'number', most: 4 } }, 1, /is no count/],
    ['the count of another', { occurs: { field: 'feeCount', most: 4 } }, 1, /same field/],
    ['more than fits', { occurs: { field: 'paymentCount', most: 40 } }, 1, /longer than maxRecordLength/],
    ['a key used twice', { key: 'number' }, 1, /number is used twice/],
    ['fields that do not fill it', { length: 6 }, 1, /end at 5, the record at 6/],
  ])('with %s is refused', (_name, change, index, message) => {
    expect(changed(change, index).map((fault) => fault.message)).toContainEqual(expect.stringMatching(message));
  });
});
