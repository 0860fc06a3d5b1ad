// Runs every test that breaks things on purpose: those of test/faults, and those of the fast share that do the same. After each
// file it says what was broken, how often, and what held; jest's own words come last.
// Arguments name files (`npm run test:faults -- no-space`). CONCORD_TEST_SEED repeats a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Suites of the fast share that break things: what they prove is not proven again in test/faults. */
const SHARED = [
  'e2e/kill',
  'e2e/sixty-days',
  'e2e/thirty-days',
  'e2e/three-processes',
  'integration/kafka-faults',
  'integration/kafka-outage',
  'integration/event-transports',
  'integration/exchange-recovery',
  'integration/exchange-races',
  'integration/agency-recovery',
  'integration/contained-plugins',
  'integration/sftp-faults',
  'integration/sftp-openssh',
];

const named = process.argv.slice(2);
const patterns =
  named.length > 0 ? named : ['test/faults/', ...SHARED.map((name) => `test/${name}\\.integration\\.ts$`)];
const seed = process.env.CONCORD_TEST_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
process.stderr.write(`CONCORD_TEST_SEED=${seed} repeats the faults of this run\n`);

const folder = mkdtempSync(join(tmpdir(), 'concord-faults-'));
try {
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
      ...['--selectProjects', 'faults', 'integration'],
      ...['--reporters', 'default', '--reporters', join(import.meta.dirname, 'faults-reporter.mjs')],
      ...['--testPathPatterns', ...patterns],
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        CONCORD_TEST_SHARE: 'whole',
        CONCORD_FAULTS_SEED: seed,
        CONCORD_FAULTS_NOTES: join(folder, 'notes.jsonl'),
      },
    },
  );
  const [code] = await once(jest, 'close');
  process.exitCode = code ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
