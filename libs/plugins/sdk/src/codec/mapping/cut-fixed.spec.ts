import { expect, test } from '@jest/globals';
import { collected, inPieces, joined } from '../../testing/byte-streams.js';
import { fileFormat } from '../file-format.js';
import type { FileLayout } from '../layout.js';
import { cutSample } from './cut-sample.js';

const LAYOUT: FileLayout = {
  name: 'mainframe',
  characterSet: 'cp037',
  delimiter: 'none',
  maxRecordLength: 40,
  records: [
    {
      name: 'account',
      length: 14,
      recognise: { start: 1, value: 'A' },
      fields: [
        { name: 'Type', start: 1, length: 1, type: 'constant', value: 'A' },
        { name: 'Name', start: 2, length: 6, type: 'text' },
        { name: 'Number', start: 8, length: 3, type: 'digits', sensitive: true },
        { name: 'Amount', start: 11, length: 3, type: 'money', decimals: 2, encoding: 'packed', signed: true },
        { name: 'Times', start: 14, length: 1, type: 'number' },
      ],
      groups: [
        {
          name: 'Payments',
          length: 2,
          occurs: { field: 'times', most: 3 },
          fields: [{ name: 'Paid', start: 1, length: 2, type: 'number' }],
        },
      ],
    },
  ],
};
const CONTEXT = { file: 'sample.dat', date: '2026-11-21' };

test('fields of bytes that are no text are shown as they are, and groups one by one', async () => {
  const record = { type: 'A', name: 'ANN', number: '123', amount: -1_234, payments: [{ paid: 7 }, { paid: 42 }] };
  const faults: unknown[] = [];
  const bytes = await joined(fileFormat(LAYOUT).encode([record, record], CONTEXT, (fault) => faults.push(fault)));
  expect(faults).toEqual([]);
  const cut = await collected(cutSample(LAYOUT, inPieces(bytes, 5), CONTEXT));
  expect(cut.map(({ number, type, faults: found }) => [number, type, found])).toEqual([
    [1, 'account', []],
    [2, 'account', []],
  ]);
  expect(cut[1]!.fields.map(({ key, position, raw, value }) => [key, position, raw, value])).toEqual([
    ['type', '1', 'A', 'A'],
    ['name', '2-7', 'ANN   ', 'ANN'],
    ['number', '8-10', '(3 characters)', undefined],
    ['amount', '11-13', "x'01234D'", -1_234],
    ['times', '14', '2', 2],
    ['payments[1].paid', '15-16', '07', 7],
    ['payments[2].paid', '17-18', '42', 42],
  ]);
});

test('a record that is cut short shows the shape of its text and nothing more', async () => {
  const bytes = await joined(fileFormat(LAYOUT).encode([{ type: 'A', number: '123' }], CONTEXT, () => undefined));
  const [cut] = await collected(cutSample(LAYOUT, inPieces(bytes.subarray(0, 10), 5), CONTEXT));
  expect(cut?.fields.map(({ raw }) => raw)).toEqual(['x      999']);
  expect(cut?.faults).toMatchObject([{ severity: 'file', rule: 'truncated' }]);
});
