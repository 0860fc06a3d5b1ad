import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { currencyExponent } from './currency.js';
import { decimalFromMoney, formatMoney } from './format-money.js';
import { moneyFromDecimal } from './money-from-decimal.js';

describe('moneyFromDecimal', () => {
  test.each([
    ['123.45', 'USD', 12345],
    ['0.29', 'USD', 29],
    ['1.1', 'GBP', 110],
    ['1234', 'CAD', 123400],
    ['007.10', 'USD', 710],
    ['-12.30', 'USD', -1230],
    ['1500', 'JPY', 1500],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('%s %s is %d', (text, currency, minor) => {
    expect(moneyFromDecimal(text, currency)).toEqual({ ok: true, minor });
  });

  test.each([
    ['12.345', 'USD', 'decimals'],
    ['12.340', 'USD', 'decimals'],
    ['12.0', 'JPY', 'decimals'],
    ['1,234.50', 'USD', 'number'],
    ['$12.00', 'USD', 'number'],
    ['1e3', 'USD', 'number'],
    ['.50', 'USD', 'number'],
    ['5.', 'USD', 'number'],
    ['', 'USD', 'number'],
    ['٣.٥٠', 'USD', 'number'],
    ['90071992547409.92', 'USD', 'size'],
    ['9'.repeat(400), 'USD', 'size'],
    ['1.00', 'usd', 'currency'],
    ['1.00', 'ZZZ', 'currency'],
  ])('refuses %s %s: %s', (text, currency, code) => {
    expect(moneyFromDecimal(text, currency)).toMatchObject({ ok: false, code });
  });

  test('never yields a negative zero', () => {
    const result = moneyFromDecimal('-0.00', 'USD');
    expect(result.ok && Object.is(result.minor, 0)).toBe(true);
  });

  test('is the inverse of decimalFromMoney for every amount and exponent', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('USD', 'JPY', 'KWD', 'GBP'), (minor, currency) => {
        expect(moneyFromDecimal(decimalFromMoney(minor, currency), currency)).toEqual({ ok: true, minor });
      }),
    );
  });
});

describe('formatMoney', () => {
  test.each([
    [123456, 'USD', 'en-US', '$1,234.56'],
    [-5, 'USD', 'en-US', '-$0.05'],
    [100000, 'GBP', 'en-GB', '£1,000.00'],
    [1500, 'JPY', 'en-US', '¥1,500'],
    [Number.MAX_SAFE_INTEGER, 'USD', 'en-US', '$90,071,992,547,409.91'],
  ])('%d %s in %s is %s', (minor, currency, locale, text) => {
    expect(formatMoney(minor, currency, locale)).toBe(text);
  });

  test('refuses fractions of a minor unit', () => {
    expect(() => formatMoney(1.5, 'USD', 'en-US')).toThrow(RangeError);
  });
});

test('exponents follow ISO 4217', () => {
  expect(['JPY', 'USD', 'CAD', 'GBP', 'KWD', 'XXZ'].map(currencyExponent)).toEqual([0, 2, 2, 2, 3, undefined]);
});
