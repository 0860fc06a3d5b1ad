// Runs every test: jest over the code, then the simulators' own tests, which must not depend on anything of ours.
// Arguments go to jest; with arguments only jest runs.
import { spawnSync } from 'node:child_process';

const own = process.argv.slice(2);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...own];
const simulators = ['--test', 'test/partners/**/*.test.ts'];

for (const command of own.length > 0 ? [jest] : [simulators, jest]) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
