import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs that tests fetch are kept: outside the work tree, shared by all of this user's copies. */
export function cacheFolder(): string {
  const configured = process.env['XDG_CACHE_HOME'];
  return join(configured === undefined || configured === '' ? join(homedir(), '.cache') : configured, 'concord');
}
