import { describe, expect, test } from '@jest/globals';
import type { DecodedRecord, EncoderInput, FileFault } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import type { FileLayout } from './layout.js';

/** A placement of several records, with a trailer over all of them. */
const LAYOUT: FileLayout = {
  name: 'placements',
  characterSet: 'ascii',
  delimiter: 'lf',
  maxRecordLength: 30,
  records: [
    {
      name: 'account',
      length: 22,
      recognise: { start: 1, value: 'A' },
      fields: [
        { name: 'Type', start: 1, length: 1, type: 'constant', value: 'A' },
        { name: 'Number', start: 2, length: 3, type: 'digits', required: true },
        { name: 'Principal', start: 5, length: 9, type: 'money', decimals: 2, point: true, signed: true },
        { name: 'Cost', start: 14, length: 9, type: 'money', decimals: 2, point: true },
      ],
    },
    {
      name: 'debtor',
      length: 20,
      recognise: { start: 1, value: 'D' },
      cutBlanks: true,
      fields: [
        { name: 'Type', start: 1, length: 1, type: 'constant', value: 'D' },
        { name: 'Name', start: 2, length: 8, type: 'text', required: true },
        { name: 'Paid', start: 10, length: 3, type: 'money', decimals: 2 },
        {
          name: 'Born',
          start: 13,
          length: 8,
          type: 'date',
          pattern: 'CCYYMMDD',
          pad: ' ',
          none: '1900-01-01',
          writeNone: true,
        },
      ],
    },
  ],
  trailer: {
    name: 'trailer',
    length: 16,
    recognise: { start: 1, value: 'T' },
    fields: [
      { name: 'Type', start: 1, length: 1, type: 'constant', value: 'T' },
      { name: 'Records', start: 2, length: 4, type: 'number', required: true, total: { count: 'records' } },
      {
        name: 'Sum',
        start: 6,
        length: 11,
        type: 'money',
        decimals: 2,
        point: true,
        signed: true,
        required: true,
        total: { count: 'sum', places: ['account.principal', 'account.cost', 'debtor.paid'] },
      },
    ],
  },
};

const CONTEXT = { file: 'placements.txt', date: '2026-11-21' };
const format = fileFormat(LAYOUT);
const account = (number: string, principal = 1_050, cost = 25) => ({ type: 'A', number, principal, cost });
const debtor = (name: string, born: string | null = null) => ({ type: 'D', name, born });

async function encode(inputs: readonly EncoderInput[], told: [FileFault, number][] = []): Promise<string> {
  const bytes = await joined(format.encode(inputs, CONTEXT, (fault, input) => told.push([fault, input])));
  return bytes.toString('latin1');
}

async function decode(text: string, of = format): Promise<DecodedRecord[]> {
  return collected(of.decode(inPieces(Buffer.from(text, 'latin1'), 7), CONTEXT));
}

describe('records that stand or fall together', () => {
  test('are written in order, and totals go over records of several types', async () => {
    const text = await encode([[account('1'), debtor('SMITH', '1980-02-29')], account('2', -2_000), debtor('LEE')]);
    expect(text.split('\n')).toEqual([
      'A001000010.50000000.25',
      'DSMITH   00019800229',
      'A002-00020.00000000.25',
      'DLEE     00019000101',
      'T0004-0000009.00',
      '',
    ]);
  });

  test.each([
    ['first', [account('x'), debtor('LEE')]],
    ['middle', [account('3'), debtor(''), debtor('LEE')]],
    ['last', [account('3'), debtor('LEE'), debtor('TOO LONG A NAME')]],
    ['unknown', [account('3'), { type: 'X' }]],
  ])('are left out together when the %s one can not be written', async (_name, group) => {
    const told: [FileFault, number][] = [];
    const whole: EncoderInput[] = [[account('1'), debtor('SMITH')], [account('2')]];
    const text = await encode([whole[0]!, group, whole[1]!], told);
    expect(text).toBe(await encode(whole));
    expect(told.map(([, input]) => input)).toEqual([2]);
  });

  test('may be more than a chunk holds', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) => account(String(index % 1_000)));
    const lines = (await encode([account('1'), many, account('2')])).split('\n');
    expect(lines).toHaveLength(9_004);
    expect(lines[9_002]).toMatch(/^T9002/);
  });

  test('leave no trace in a file that has nothing else', async () => {
    expect(await encode([[account('x')], []])).toBe('T000000000000.00\n');
  });
});

describe('what an amount, a date and a line may be', () => {
  const body = (lines: string[], records: number, sum: string): string =>
    [...lines, `T${String(records).padStart(4, '0')}${sum}`, ''].join('\n');

  test('a date that means none is read as none', async () => {
    const [first] = await decode(body(['DLEE     00019000101'], 1, '00000000.00'));
    expect(first?.record).toEqual({ type: 'D', name: 'LEE', paid: 0 });
  });

  test('a line whose blanks were cut is whole; one that nothing ended is not', async () => {
    const cut = await decode(body(['DLEE', 'D'], 2, '00000000.00'));
    expect(cut.map(({ record, fault }) => record?.['name'] ?? fault?.rule ?? 'trailer')).toEqual([
      'LEE',
      'required',
      'trailer',
    ]);
    const lost = await decode('A001000010.50000000.25\nDLEE');
    expect(lost.map(({ fault }) => fault?.severity)).toEqual([undefined, 'file', 'file']);
  });

  test('a line may go on where the table says so, and then only a line end ends it', async () => {
    const records = LAYOUT.records.map((record) => ({ ...record, openEnd: true }));
    const open = fileFormat({ ...LAYOUT, maxRecordLength: 90, records });
    const line = `A001000010.50000000.25${'é'.padEnd(60, '9')}`;
    const read = await decode(body([line, line], 2, '00000021.50'), open);
    expect(read.map(({ record, fault }) => record?.['number'] ?? fault?.message ?? 'trailer')).toEqual([
      '001',
      '001',
      'trailer',
    ]);
    expect((await decode(body([line.slice(0, 30)], 1, '00000010.75')))[0]?.fault?.rule).toBe('length');
  });

  test('a wrong sum refuses the file', async () => {
    const faults = (await decode(body(['A001-00010.50000000.25'], 1, '00000010.75'))).map(({ fault }) => fault);
    expect(faults[1]).toMatchObject({ severity: 'file', rule: 'total', field: 'sum' });
  });
});
