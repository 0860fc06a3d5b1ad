import type { FileFault } from '../contract/files.js';
import { identifierIn } from './position-content.js';
import { ensure } from './test-framework.js';

const LONGEST_VALUE = 80;
/** Places in a record: bytes or columns, or a column by its number. */
const PRINTED_POSITION = /^(?:column )?\d+(?:-\d+)?$/;

/** Every fault says where it is, as far as it can, and shows nobody's identifiers. */
export function checkFaults(
  faults: readonly FileFault[],
  fileName: string,
  identifiers: readonly string[],
  what: string,
): void {
  for (const fault of faults) {
    const shown = `${what}: ${JSON.stringify(fault)}`;
    ensure(fault.severity === 'file' || fault.severity === 'record', `The fault has no severity. ${shown}`);
    ensure(fault.file === fileName, `The fault names another file. ${shown}`);
    ensure(fault.rule !== '' && fault.message !== '', `The fault says not what is wrong. ${shown}`);
    ensure(
      fault.record === null || (Number.isInteger(fault.record) && fault.record >= 1),
      `Records are numbered from 1. ${shown}`,
    );
    ensure(fault.severity === 'file' || fault.record !== null, `A fault of a record needs its number. ${shown}`);
    ensure(fault.field === null || fault.record !== null, `A fault of a field needs its record. ${shown}`);
    ensure(fault.position === null || PRINTED_POSITION.test(fault.position), `The position can't be read. ${shown}`);
    ensure((fault.value ?? '').length <= LONGEST_VALUE, `The value is not cut. ${shown}`);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    ensure(!/[\u0000-\u001f\u007f]/.test(`${fault.value ?? ''}${fault.message}`), `The fault breaks lines. ${shown}`);
    ensure(identifierIn([fault.value, fault.message], identifiers) === null, `The fault shows an identifier. ${shown}`);
  }
}

/** A file in this state must be refused as a whole. */
export function ensureRefused(faults: readonly FileFault[], what: string): void {
  ensure(
    faults.some((fault) => fault.severity === 'file'),
    `Not refused: ${what}`,
  );
}
