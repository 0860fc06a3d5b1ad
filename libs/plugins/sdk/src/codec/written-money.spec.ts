import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MoneyField } from './layout.js';
import { writtenMoneyIn, writtenMoneyWriter } from './written-money.js';

const FIELD: MoneyField = { name: 'Amount', start: 1, length: 12, type: 'money', decimals: 2, point: true };

function written(value: unknown, changed: Partial<MoneyField> = {}): string {
  const field = { ...FIELD, ...changed };
  const bytes = Buffer.alloc(field.length, '?');
  const rule = writtenMoneyWriter(field)(value, bytes, 0);
  return rule === null ? bytes.toString('latin1') : rule;
}

function read(text: string, changed: Partial<MoneyField> = {}): number | undefined {
  return writtenMoneyIn(Buffer.from(text, 'latin1'), 0, text.length, { ...FIELD, ...changed });
}

describe('an amount with its point', () => {
  test.each([
    [0, {}, '000000000.00'],
    [5, {}, '000000000.05'],
    [123_456, {}, '000001234.56'],
    [99_999_999_999, {}, '999999999.99'],
    [100_000_000_000, {}, 'length'],
    [-1, {}, 'number'],
    [1.5, {}, 'number'],
    ['12', {}, 'number'],
    [5, { pad: ' ' }, '        0.05'],
    [-5, { signed: true }, '-00000000.05'],
    [-123_456, { signed: true, pad: ' ' }, '    -1234.56'],
    [99_999_999_999, { signed: true }, '999999999.99'],
    [-99_999_999_999, { signed: true }, 'length'],
    [-12, { signed: true, point: false, decimals: 0, length: 4 }, '-012'],
  ] as const)('%j with %j is written %s', (value, changed, wanted) => {
    expect(written(value, changed)).toBe(wanted);
  });

  test.each([
    ['000001234.56', {}, 123_456],
    ['     1234.56', {}, 123_456],
    ['1234.56     ', {}, 123_456],
    ['        0.00', {}, 0],
    ['         .50', {}, 50],
    ['            ', {}, undefined],
    ['000000123456', {}, Number.NaN],
    ['00000123.456', {}, Number.NaN],
    ['0000012345.6', {}, Number.NaN],
    ['000001234,56', {}, Number.NaN],
    ['    12 34.56', {}, Number.NaN],
    ['00001.234.56', {}, Number.NaN],
    ['-00001234.56', {}, Number.NaN],
    ['-00001234.56', { signed: true }, -123_456],
    ['    -1234.56', { signed: true }, -123_456],
    ['-00000000.00', { signed: true }, 0],
    ['           -', { signed: true }, Number.NaN],
    ['--0001234.56', { signed: true }, Number.NaN],
    ['-12 ', { signed: true, point: false, decimals: 0 }, Number.NaN],
  ] as const)('%j with %j is read as %s', (text, changed, wanted) => {
    expect(read(text, changed)).toBe(wanted);
  });

  test('whatever is written is read back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }),
        fc.constantFrom('0' as const, ' ' as const),
        (amount, pad) => {
          expect(read(written(amount, { signed: true, pad }), { signed: true, pad })).toBe(amount === 0 ? 0 : amount);
        },
      ),
    );
  });

  test('whatever is read is an amount or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const amount = writtenMoneyIn(bytes, 0, 12, { ...FIELD, signed: true });
        expect(amount === undefined || Number.isNaN(amount) || Number.isSafeInteger(amount)).toBe(true);
      }),
    );
  });
});
