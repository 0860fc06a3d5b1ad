import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestServer } from './database-server.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

/** The server of this run, kept for the teardown. */
export const run: { server: TestServer | null } = { server: null };

/**
 * Before the first integration test: compiles what plugin processes run, and starts the database server. Jest runs this
 * file as Node does, so that it stands on the compiled packages and not on the sources.
 */
export default async function setUp(): Promise<void> {
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b'], { cwd: REPOSITORY, stdio: 'inherit' });
  if (status !== 0) throw new Error('the sources do not compile');
  const { startTestServer } = await import('./database-server.ts');
  run.server = await startTestServer();
  process.env['CONCORD_TEST_DATABASE'] = run.server.url;
}
