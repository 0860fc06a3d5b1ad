// Runs every test: jest over the code, and beside it those of what tests stand on (simulated partners, which must not depend on
// anything of ours, and the broker). These mostly wait; their words come together when jest has ended.
// Arguments go to jest; with arguments only jest runs. What breaks things on purpose and takes long is left to test-faults.mjs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const own = process.argv.slice(2);
const PROJECTS = own.includes('--selectProjects') ? [] : ['--selectProjects', 'unit', 'integration'];
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...own, ...PROJECTS];
const GROUNDWORK = ['--test', 'test/partners/**/*.test.ts', 'scripts/kafka/*.test.ts'];

const groundwork =
  own.length > 0 ? null : spawn(process.execPath, GROUNDWORK, { stdio: ['ignore', 'pipe', 'inherit'] });
const said = [];
groundwork?.stdout.on('data', (piece) => said.push(piece));
const ended = groundwork === null ? [0] : once(groundwork, 'close');

const jest = spawn(process.execPath, JEST, { stdio: 'inherit' });
const [jestCode] = await once(jest, 'close');
const [groundworkCode] = await ended;
process.stdout.write(Buffer.concat(said));
process.exitCode = jestCode || groundworkCode || (jestCode === null || groundworkCode === null ? 1 : 0);
