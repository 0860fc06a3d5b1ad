/**
 * Number of decimals of the currencies whose ISO 4217 exponent is not 2. Every other currency in circulation has two
 * decimals.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether this is an ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}

/**
 * Decimals of a currency by ISO 4217: JPY 0, USD 2, KWD 3. Undefined for a code that is no currency: guessing would
 * change an amount a hundredfold.
 */
export function currencyExponent(code: string): number | undefined {
  return isCurrency(code) ? (EXPONENTS[code] ?? 2) : undefined;
}
