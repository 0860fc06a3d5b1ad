import type { FileFault } from '@concord/plugin-sdk';

/** A fault as one line: file, record, field, position, value and rule, then words. */
export function faultLine(fault: FileFault): string {
  return [
    fault.file,
    fault.record === null ? null : `record ${fault.record}`,
    fault.field,
    fault.position === null ? null : `position ${fault.position}`,
    fault.value === null ? null : JSON.stringify(fault.value),
    `rule ${fault.rule}`,
    fault.message,
  ]
    .filter((part) => part !== null)
    .join(': ');
}
