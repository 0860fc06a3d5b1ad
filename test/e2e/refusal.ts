import { expect } from '@jest/globals';
import type { CommandOptions, Installation } from './installation.js';

/** Expects a command to be refused as the contract has it: exit code 2, one line on standard error, nothing printed. */
export async function expectRefusal(
  concord: Installation,
  parameters: readonly string[],
  line: RegExp,
  options?: CommandOptions,
): Promise<void> {
  const { code, stdout, stderr } = await concord.run(parameters, options);
  expect({ code, stdout, lines: stderr.split('\n') }).toEqual({
    code: 2,
    stdout: '',
    lines: [expect.stringMatching(line), ''],
  });
}
