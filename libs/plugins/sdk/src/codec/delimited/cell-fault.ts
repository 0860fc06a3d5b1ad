import { faultOf, shownValue, type FaultPlace } from '../fault.js';
import { fieldKey } from '../field-key.js';
import type { FileFault } from '../../contract/files.js';
import type { CutFault } from './cell-cutter.js';
import { isWithPoint } from './cell-readers.js';
import type { DelimitedField } from './delimited-layout.js';

/** Where a cell stands in its record, as faults print it. */
export function printedColumn(column: number): string {
  return `column ${column}`;
}

/** A fault of one cell, with its column in the file and its value unless that identifies a person. */
export function cellFault(
  place: FaultPlace,
  field: DelimitedField,
  column: number,
  rule: string,
  value: unknown,
): FileFault {
  return {
    ...place,
    field: fieldKey(field),
    position: printedColumn(column),
    value: shownValue(value, field.sensitive === true),
    rule,
    message: `${field.name} ${reasonOf(rule, field)}`,
  };
}

const CUT_REASONS: Readonly<Record<CutFault, string>> = {
  'stray-quote': 'A quote stands inside a cell that is not quoted',
  'after-quote': 'Something stands between the closing quote and the separator',
  'open-quote': 'A quote is opened and not closed',
  'open-escape': 'A backslash stands at the end of the line, with nothing behind it',
};

/** A record that can't be cut into cells. Its value stays out: it may hold what belongs into other columns. */
export function cutFault(place: FaultPlace, fault: CutFault, column: number): FileFault {
  return { ...faultOf(place, 'quote', CUT_REASONS[fault]), position: printedColumn(column) };
}

function reasonOf(rule: string, field: DelimitedField): string {
  switch (rule) {
    case 'required':
      return 'is required';
    case 'text':
      return 'must be text';
    case 'digits':
      return 'must be digits only';
    case 'number':
      return numberReason(field);
    case 'date':
    case 'timestamp':
      return `must be a date${rule === 'date' ? '' : ' and time'} that exists${'pattern' in field ? ` (${field.pattern} in the file)` : ''}`;
    case 'length': {
      const exactly =
        'pad' in field && field.pad === '0' && field.type === 'digits' ? 'must have exactly' : 'may have at most';
      return `${exactly} ${field.length} characters`;
    }
    case 'lines':
      return 'may not go over several lines';
    case 'characters':
      return 'has a character that the file can not carry';
    case 'separator':
      return 'has a separator or quote, and the partner takes no quoted cells';
    case 'code-list':
      return 'is not one of the codes of its list';
    case 'constant':
      return field.type === 'constant' ? `must be "${field.value}"` : 'has a fixed value';
    default:
      return `breaks the rule ${rule}`;
  }
}

function numberReason(field: DelimitedField): string {
  const sign = (field.type === 'money' || field.type === 'number') && field.signed === true ? '' : ', not negative';
  if (field.type !== 'money') return `must be a whole number${sign}`;
  const point = field.point === 'comma' ? 'comma' : 'point';
  const decimals = isWithPoint(field)
    ? ` with a decimal ${point} and ${field.fewerDecimals === true ? 'up to ' : ''}${field.decimals} decimals`
    : ' in digits only';
  return `must be an amount${decimals}${sign}`;
}
