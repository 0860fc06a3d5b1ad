import { parseDatePattern } from '../date-pattern.js';
import { fieldKey } from '../field-key.js';
import { isWithPoint, MOST_DIGITS } from './cell-readers.js';
import {
  quoteOf,
  separatorOf,
  type DelimitedField,
  type DelimitedLayout,
  type DelimitedMoneyField,
  type DelimitedNumberField,
  type DelimitedRecord,
} from './delimited-layout.js';
import { isCharacterSet, textCoding } from './text-coding.js';

/** Reports what is wrong with the columns of one record, each alone and with its neighbours. */
export function checkColumns(
  layout: DelimitedLayout,
  record: DelimitedRecord,
  path: readonly (string | number)[],
  report: (path: readonly (string | number)[], message: string) => void,
): void {
  const keys = new Set<string>();
  const carries = carrier(layout);
  record.fields.forEach((field, index) => {
    const at = [...path, 'fields', index];
    if (field.column !== index + 1) {
      report([...at, 'column'], `${field.name} is column ${field.column}, and the table is at column ${index + 1}`);
    }
    const key = fieldKey(field);
    if (field.type !== 'filler') {
      if (key === '' || key === 'segments') report(at, `${field.name} gives no usable key`);
      else if (keys.has(key)) report(at, `the key ${key} is used twice`);
      keys.add(key);
    }
    for (const message of fieldFaults(field, carries)) report(at, `${field.name} ${message}`);
  });
  const [only] = record.fields;
  if (record.fields.length === 1 && only !== undefined && !isAlwaysFilled(only)) {
    if (quoteOf(layout) === null || layout.quoting === 'never') {
      report([...path, 'fields', 0], `${only.name} may be blank: without quotes, its record would be an empty line`);
    }
  }
}

function isAlwaysFilled(field: DelimitedField): boolean {
  return field.required === true || field.type === 'constant' || ('default' in field && field.default !== undefined);
}

/** Whether a fixed text can be written by the layout as it stands. */
function carrier(layout: DelimitedLayout): (text: string) => boolean {
  const coding = isCharacterSet(layout.characterSet) ? textCoding(layout.characterSet) : null;
  const quote = quoteOf(layout);
  const bare = (quote === null || layout.quoting === 'never') && layout.escape !== 'backslash';
  return (text) =>
    text !== '' &&
    text.trim() === text &&
    !/\p{C}/u.test(text) &&
    coding?.carries(text) !== false &&
    !(bare && (text.includes(separatorOf(layout)) || (quote !== null && text.includes(quote))));
}

function fieldFaults(field: DelimitedField, carries: (text: string) => boolean): string[] {
  switch (field.type) {
    case 'text':
      return [
        ...valueFaults(field, (value) => carries(value) && value.length <= (field.length ?? value.length)),
        ...(field.truncate === true && field.length === undefined ? ['is cut, and has no length'] : []),
      ];
    case 'digits': {
      const fits = (value: string): boolean => value.length <= (field.length ?? value.length);
      const whole = (value: string): boolean => field.pad !== '0' || value.length === field.length;
      return [
        ...valueFaults(field, (value) => /^\d+$/.test(value) && fits(value) && whole(value)),
        ...padFaults(field),
      ];
    }
    case 'number':
      return [...padFaults(field), ...digitFaults(field, field.length)];
    case 'money':
      return moneyFaults(field);
    case 'date':
    case 'timestamp': {
      if (parseDatePattern(field.pattern, field.type === 'timestamp') === undefined) {
        return [`has a pattern that can't be read: ${field.pattern}`];
      }
      if (field.type === 'date' && field.writeNone === true && field.none === undefined) {
        return ['writes a date for none, and does not say which'];
      }
      return field.length !== undefined && field.length < field.pattern.length
        ? [`has a pattern of ${field.pattern.length} characters in ${field.length}`]
        : [];
    }
    case 'constant':
      return carries(field.value) && field.value.length <= (field.length ?? field.value.length)
        ? []
        : [`can't carry "${field.value}"`];
    case 'filler':
      return field.required === true ? ['is not used, and can not be required'] : [];
  }
}

function valueFaults(
  field: { readonly codes?: readonly string[]; readonly default?: string },
  fits: (value: string) => boolean,
): string[] {
  const values = [...(field.codes ?? []), ...(field.default === undefined ? [] : [field.default])];
  const unlisted = field.default !== undefined && field.codes !== undefined && !field.codes.includes(field.default);
  return [
    ...values.filter((value) => !fits(value)).map((value) => `can't carry "${value}"`),
    ...(unlisted ? ['has a default that is not in its code list'] : []),
  ];
}

function padFaults(field: { readonly pad?: '0'; readonly length?: number }): string[] {
  return field.pad === '0' && field.length === undefined ? ['is filled with zeros, and has no length'] : [];
}

function digitFaults(field: DelimitedNumberField, length: number | undefined): string[] {
  const tooMany = length !== undefined && field.thousands === undefined && length > MOST_DIGITS;
  const noRoom = field.default !== undefined && String(field.default).length > (length ?? MOST_DIGITS);
  return [
    ...(tooMany ? [`may have at most ${MOST_DIGITS} digits`] : []),
    ...(noRoom ? [`can't carry "${field.default}"`] : []),
  ];
}

function moneyFaults(field: DelimitedMoneyField): string[] {
  const { length, decimals, thousands, signed } = field;
  const faults = padFaults(field);
  const pointed = isWithPoint(field);
  if (pointed && decimals === 0) faults.push('has a decimal point and no decimals');
  if (!pointed && field.fewerDecimals === true) faults.push('leaves out decimals, and has no point to tell');
  if (pointed && (field.point === 'comma' ? 'comma' : 'point') === thousands) {
    faults.push('has the same sign before its decimals and between its thousands');
  }
  if (length === undefined) return faults;
  const digits = length - (pointed ? 1 : 0) - (signed === true ? 1 : 0);
  if (digits > MOST_DIGITS && thousands === undefined) faults.push(`may have at most ${MOST_DIGITS} digits`);
  if (digits <= (pointed ? decimals : 0)) faults.push('has no room for a digit before its decimals');
  return faults;
}
