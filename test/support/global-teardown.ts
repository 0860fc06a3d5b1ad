import { run } from './global-setup.ts';

/** After the last integration test, whether it passed or failed. */
export default async function tearDown(): Promise<void> {
  await run.server?.stop();
  run.server = null;
}
