import type { FileFault } from '../contract/files.js';
import { ensure } from './test-framework.js';

/** Every fault says where it is, as far as it can, and shows nobody's identifiers. */
export function checkFaults(
  faults: readonly FileFault[],
  fileName: string,
  identifiers: readonly string[],
  what: string,
): void {
  for (const fault of faults) {
    const shown = `${what}: ${JSON.stringify(fault)}`;
    ensure(fault.file === fileName, `The fault names another file. ${shown}`);
    ensure(fault.rule !== '' && fault.message !== '', `The fault says not what is wrong. ${shown}`);
    ensure(fault.record === null || fault.record >= 1, `Records are numbered from 1. ${shown}`);
    ensure(fault.severity === 'file' || fault.record !== null, `A fault of a record needs its number. ${shown}`);
    ensure(fault.position === null || /^\d+(-\d+)?$/.test(fault.position), `The position can't be read. ${shown}`);
    ensure((fault.value ?? '').length <= 80, `The value is not cut. ${shown}`);
    for (const identifier of identifiers) {
      ensure(!`${fault.value ?? ''} ${fault.message}`.includes(identifier), `The fault shows an identifier. ${shown}`);
    }
  }
}

/** A file in this state must be refused as a whole. */
export function ensureRefused(faults: readonly FileFault[], what: string): void {
  ensure(
    faults.some((fault) => fault.severity === 'file'),
    `Not refused: ${what}`,
  );
}
