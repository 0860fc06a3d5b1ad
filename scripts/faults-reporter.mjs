// A reporter of jest: after each file of tests one line a test, with what was broken, how often, and what held. Tests say it
// themselves (test/faults/support/broken.ts); of one that says nothing its name is what held, once.
import { existsSync, readFileSync } from 'node:fs';

export default class FaultsReporter {
  /** @param {{ path: string }} file @param {{ testFilePath: string, testResults: object[] }} result */
  onTestResult(file, { testResults }) {
    const notes = notesOf(file.path);
    for (const { fullName, status } of testResults) {
      if (status === 'pending' || status === 'todo') continue;
      const own = notes.filter((note) => note.test === fullName);
      const lines = own.length > 0 ? own : [{ what: fullName, times: 1, held: 'as its name says' }];
      for (const { what, times, held } of lines) {
        const outcome = status === 'passed' ? `held: ${held}` : `DID NOT HOLD: ${held}`;
        process.stderr.write(`  broken: ${what} | ${times} ${times === 1 ? 'time' : 'times'} | ${outcome}\n`);
      }
    }
  }
}

function notesOf(path) {
  const file = process.env.CONCORD_FAULTS_NOTES;
  if (file === undefined || !existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((note) => note.file === path);
}
