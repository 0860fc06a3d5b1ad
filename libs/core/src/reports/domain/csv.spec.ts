import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, csvRow, plainText } from './csv.js';
import type { Column } from './report.js';

const COLUMNS: readonly Column[] = [
  { key: 'reference', title: 'Reference', kind: 'text' },
  { key: 'rules', title: 'Rules', kind: 'list' },
  { key: 'balanceMinor', title: 'Owed', kind: 'money' },
  { key: 'on', title: 'On', kind: 'date' },
];

describe('CSV', () => {
  it('has amounts as decimals, dates as they are, and words joined', () => {
    const row = { reference: 'A,1', rules: ['X', 'Y'], balanceMinor: -1_250, currency: 'USD', on: '2026-01-31' };
    expect(csvRow(COLUMNS, row)).toBe('"A,1",X; Y,-12.50,2026-01-31\r\n');
    expect(csvRow(COLUMNS, { ...row, currency: 'JPY', on: null, reference: null })).toBe(',X; Y,-1250,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uFF1D1'])(
    'keeps %j from being a formula',
    (text) => {
      expect(plainText(text)).toBe(`'${text}`);
      expect(parse(csvRow(COLUMNS, { reference: text, currency: 'USD' }))).toEqual([[`'${text}`, '', '', '']]);
    },
  );

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (fields) => {
        fc.pre(fields.some((field) => field !== ''));
        expect(parse(csvLine(fields), { skip_empty_lines: false })).toEqual([fields]);
      }),
    );
  });
});
