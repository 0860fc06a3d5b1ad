import { currencyExponent } from './currency.js';

/** Why a text is not an amount. */
export type MoneyFaultCode = 'currency' | 'number' | 'decimals' | 'size';

/** An amount in minor units, or what is wrong with the text. */
export type MoneyResult =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly code: MoneyFaultCode; readonly message: string };

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal amount such as `123.45` as minor units, digit by digit: no value passes through floating point.
 *
 * Signs of grouping, currency signs and exponents are refused, because `1,234` is a thousand in one country and just
 * over one in another. More decimals than the currency has are refused even when they are zeros: the sender then
 * counts in another unit than we think.
 *
 * @param text plain digits with at most one point and a leading minus.
 * @param currency ISO 4217 code in capitals.
 */
export function moneyFromDecimal(text: string, currency: string): MoneyResult {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) return fault('currency', `${JSON.stringify(currency)} is not an ISO 4217 currency code`);
  const match = DECIMAL.exec(text);
  if (match === null)
    return fault('number', 'is not a decimal amount such as 123.45, without signs of grouping or currency');
  const [, sign = '', whole = '', decimals = ''] = match;
  if (decimals.length > exponent) {
    return fault('decimals', `has ${decimals.length} decimals, but ${currency} has ${exponent}`);
  }
  const magnitude = BigInt(whole + decimals.padEnd(exponent, '0'));
  if (magnitude > BigInt(Number.MAX_SAFE_INTEGER))
    return fault('size', 'is larger than any amount that can be kept exactly');
  // A negative zero would compare equal and print differently.
  return { ok: true, minor: sign === '-' && magnitude !== 0n ? -Number(magnitude) : Number(magnitude) };
}

function fault(code: MoneyFaultCode, message: string): MoneyResult {
  return { ok: false, code, message };
}
