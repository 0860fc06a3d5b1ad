import { expect } from '@jest/globals';
import type { Ended } from '../support/processes.js';

/** Expects that a command was refused as the contract has it: exit code 2, one line on standard error, nothing printed. */
export function expectRefusal({ code, stdout, stderr }: Ended, line: RegExp): void {
  expect({ code, stdout, lines: stderr.split('\n') }).toEqual({
    code: 2,
    stdout: '',
    lines: [expect.stringMatching(line), ''],
  });
}
