import { currencyExponent } from './currency.js';

/**
 * Writes minor units as plain decimals with all of the currency's digits: `decimalFromMoney(-5, 'USD')` is `-0.05`. The
 * inverse of `moneyFromDecimal`.
 *
 * @throws RangeError when the amount is not a safe integer or the currency is unknown: both are bugs.
 */
export function decimalFromMoney(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) throw new RangeError(`unknown currency ${JSON.stringify(currency)}`);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not an amount in whole minor units`);
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const decimals = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${minor < 0 ? '-' : ''}${whole}${decimals}`;
}

/**
 * Formats minor units for people: `formatMoney(123456, 'USD', 'en-US')` is `$1,234.56`. Exact for every safe integer,
 * because the digits reach the formatter as text.
 *
 * @param locale BCP 47 tag.
 * @throws RangeError when the amount is not a safe integer, or the currency or the locale is unknown.
 */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const text = decimalFromMoney(minor, currency);
  return formatter(currency, locale).format(text as Intl.StringNumericLiteral);
}

/** Formatters are dear to build; an office uses one or two. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let found = formatters.get(key);
  if (found === undefined) {
    const decimals = currencyExponent(currency) ?? 2;
    found = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formatters.set(key, found);
  }
  return found;
}
