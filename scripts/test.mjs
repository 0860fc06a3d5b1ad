// Runs every test: those of what tests stand on (simulated partners, which must not depend on anything of ours, and the broker),
// then jest over the code.
// Arguments go to jest; with arguments only jest runs.
import { spawnSync } from 'node:child_process';

const own = process.argv.slice(2);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...own];
const groundwork = ['--test', 'test/partners/**/*.test.ts', 'scripts/kafka/*.test.ts'];

for (const command of own.length > 0 ? [jest] : [groundwork, jest]) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
