import { appendFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/**
 * Says what the running test has broken. `npm run test:faults` prints it as one line when the file has ended; a file that is
 * run by itself prints it at once. Call it last: what is said to have held has been checked.
 *
 * @param what the fault, as an operator would name it
 * @param times how often it was made
 * @param held what was checked afterwards
 */
export function broken(what: string, times: number, held: string): void {
  const { testPath, currentTestName } = expect.getState();
  const notes = process.env['CONCORD_FAULTS_NOTES'];
  if (notes === undefined) {
    process.stderr.write(`broken: ${what} | ${times} times | held: ${held}\n`);
    return;
  }
  appendFileSync(notes, `${JSON.stringify({ file: testPath, test: currentTestName, what, times, held })}\n`);
}
