import { expect, test } from '@jest/globals';
import type { FileFault } from '../contract/files.js';
import { fileFormat } from './file-format.js';
import { checkLayout } from './layout-check.js';
import type { FieldLayout, FileLayout, TotalRule } from './layout.js';

const PLACE = { name: 'Value', start: 1, length: 6 } as const;

/** One field, and a trailer of 7 bytes that counts it. */
function counting(field: FieldLayout, total: TotalRule): FileLayout {
  return {
    name: 'counting',
    characterSet: 'ascii',
    delimiter: 'lf',
    maxRecordLength: 7,
    records: [{ name: 'line', length: 6, recognise: 'otherwise', fields: [field] }],
    trailer: {
      name: 'trailer',
      length: 7,
      recognise: { start: 1, value: 'T' },
      fields: [
        { name: 'Mark', start: 1, length: 1, type: 'constant', value: 'T' },
        { name: 'Total', start: 2, length: 6, type: 'number', total },
      ],
    },
  };
}

async function trailerOf(layout: FileLayout, values: readonly unknown[]): Promise<string | undefined> {
  const faults: FileFault[] = [];
  const pieces: Uint8Array[] = [];
  const context = { file: 'counting.txt', date: '2099-12-31' };
  const records = values.map((value) => ({ value }));
  for await (const piece of fileFormat(layout).encode(records, context, (fault) => faults.push(fault))) {
    pieces.push(piece);
  }
  expect(faults).toEqual([]);
  return Buffer.concat(pieces).toString('latin1').trimEnd().split('\n').at(-1);
}

test.each<[string, FieldLayout, string, readonly unknown[]]>([
  ['text at the left', { ...PLACE, type: 'text' }, 'A', ['A', 'AB', 'A']],
  ['text at the right', { ...PLACE, type: 'text', justify: 'right' }, 'A', ['A', 'BA', 'A']],
  ['digits behind zeros', { ...PLACE, type: 'digits' }, '7', ['000007', '000017', '7']],
  ['digits behind blanks', { ...PLACE, type: 'digits', pad: ' ' }, '7', ['7', '17', '7']],
  ['a number behind zeros', { ...PLACE, type: 'number' }, '7', [7, 17, 7]],
  ['a number behind blanks', { ...PLACE, type: 'number', pad: ' ' }, '7', [7, 17, 7]],
])('%s is found by its value, whatever fills the field', async (_what, field, value, values) => {
  const places = ['line.value'];
  expect(await trailerOf(counting(field, { count: 'equal', places, value }), values)).toBe('T000002');
  expect(await trailerOf(counting(field, { count: 'filled', places, ignore: [value] }), values)).toBe('T000001');
});

test('a total that can not be negative adds up nothing that can', () => {
  const field: FieldLayout = { ...PLACE, type: 'number', signed: true };
  expect(checkLayout(counting(field, { count: 'sum', places: ['line.value'] }))).toEqual([
    {
      path: ['trailer', 'fields', 1, 'total'],
      message: 'line.value may be negative, and the total may not',
    },
  ]);
});
