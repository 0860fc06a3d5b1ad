import type {
  ConstantField,
  DateField,
  DigitsField,
  FillerField,
  MoneyField,
  TextField,
} from '@concord/plugin-sdk/codec';

/** The kinds of fields that AIM's fixed files are made of. Starts are 1-based, as the partner prints them. */

export function recordType(value: string): ConstantField {
  return { name: 'record type', start: 1, length: 4, type: 'constant', value };
}

/**
 * An integer of nine digits, zero-padded: a file number or a debtor number. Concord writes nine digits; agencies' own
 * systems also blank the front.
 */
export function number9(name: string, start: number, required = false): DigitsField {
  return { name, start, length: 9, type: 'digits', pad: ' ', required };
}

export function text(name: string, start: number, length: number, required = false): TextField {
  return { name, start, length, type: 'text', required };
}

/** Decimal(12): the decimal point stands before the last two digits. Filled with zeros, which is unconfirmed. */
export function money(name: string, start: number, required = false): MoneyField {
  return { name, start, length: 12, type: 'money', decimals: 2, point: true, required };
}

/** An amount that an agency may state as negative: a credit balance, a commission given back. */
export function signedMoney(name: string, start: number, required = false): MoneyField {
  return { ...money(name, start, required), signed: true };
}

/** CCYYMMDD; blank or valid, never zeros. 19000101 means NULL. */
export function date(name: string, start: number, required = false): DateField {
  return { name, start, length: 8, type: 'date', pattern: 'CCYYMMDD', pad: ' ', none: '1900-01-01', required };
}

export function filler(start: number, length: number): FillerField {
  return { name: 'filler', start, length, type: 'filler' };
}
