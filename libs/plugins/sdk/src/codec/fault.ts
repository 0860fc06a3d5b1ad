import type { DecodedRecord, FileFault, LegibleRecord } from '../contract/files.js';
import type { FieldProblem } from './compiled-part.js';
import { printedPosition } from './field-key.js';
import { digitsOf, isEncodedRow } from './encoded-digits.js';
import type { FieldLayout } from './layout.js';

const LONGEST_VALUE = 80;

/** Where a fault was found. */
export interface FaultPlace {
  readonly severity: FileFault['severity'];
  readonly file: string;
  readonly record: number | null;
}

/** Faults as they are told, the first with what could be read of its record. */
export function* toldFaults(faults: readonly FileFault[], legible: LegibleRecord | null): Generator<DecodedRecord> {
  for (const [index, fault] of faults.entries()) {
    yield index === 0 && legible !== null ? { fault, legible } : { fault };
  }
}

/** A fault of a whole record or file. */
export function faultOf(place: FaultPlace, rule: string, message: string): FileFault {
  return { ...place, field: null, position: null, value: null, rule, message };
}

/** A record carries a key that its layout does not know. */
export function unknownField(place: FaultPlace, key: string): FileFault {
  return { ...faultOf(place, 'unknown-field', 'The layout has no such field'), field: key.slice(0, LONGEST_VALUE) };
}

/** A fault of one field, with its place in the record and its value unless that identifies a person. */
export function fieldFault(place: FaultPlace, problem: FieldProblem): FileFault {
  const { part, field, offset, occurrence, rule } = problem;
  return {
    ...place,
    field: part.pathOf(field, occurrence),
    position: printedPosition(field, offset),
    value: shownValue(problem.value, field.sensitive === true),
    rule,
    message: `${field.name} ${reasonOf(rule, field)}`,
  };
}

/**
 * A value as a fault may show it: cut, on one line, and only its length when it identifies a person. Bytes that are no text
 * are shown as hexadecimal digits behind `0x`.
 */
export function shownValue(value: unknown, sensitive: boolean): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) {
    return sensitive ? `(${value.length} bytes)` : `0x${Buffer.from(value).toString('hex')}`.slice(0, LONGEST_VALUE);
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return `(${typeof value})`;
  const text = String(value);
  if (sensitive) return `(${text.trim().length} characters)`;
  return text
    .slice(0, LONGEST_VALUE)
    .replace(/[^ -~\u00a0-\uffff]/g, '?')
    .trimEnd();
}

function reasonOf(rule: string, field: FieldLayout): string {
  switch (rule) {
    case 'required':
      return 'is required';
    case 'text':
      return 'must be text';
    case 'digits':
      return `must be up to ${isEncodedRow(field) ? digitsOf(field) : field.length} digits`;
    case 'number':
      return numberReason(field);
    case 'packed':
      return `must be packed digits and a sign, C${isSigned(field) ? ', D' : ''} or F`;
    case 'binary':
      return 'must be a whole number that can be held exactly';
    case 'occurs':
      return 'must be how often its group occurs';
    case 'date':
      return `must be a date that exists${'pattern' in field ? ` (${field.pattern} in the file)` : ''}`;
    case 'timestamp':
      return `must be a date and time that exist${'pattern' in field ? ` (${field.pattern} in the file)` : ''}`;
    case 'length':
      return isEncodedRow(field)
        ? `must have no more than ${digitsOf(field)} digits`
        : `does not fit in ${field.length} positions`;
    case 'characters':
      return 'has a character that the file can not carry';
    case 'code-list':
      return 'is not one of the codes of its list';
    case 'constant':
      return field.type === 'constant' ? `must be "${field.value}"` : 'has a fixed value';
    default:
      return `breaks the rule ${rule}`;
  }
}

function isSigned(field: FieldLayout): boolean {
  return (field.type === 'number' || field.type === 'money') && field.signed === true;
}

function numberReason(field: FieldLayout): string {
  const signed = isSigned(field) ? '' : ', not negative';
  if (field.type !== 'money' || (field.point !== true && field.signed !== true))
    return `must be a whole number${signed}`;
  const point = field.point === true ? ` with a point before its ${field.decimals} decimals` : '';
  return `must be an amount${point}${signed}`;
}
