import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '@concord/core/platform/data-folder';
import type { Environment } from '@concord/core/platform/environment';

/** Where a demonstration keeps its made-up cases. A data folder that has it is a demonstration for good. */
export function demonstrationFolder(folder: DataFolder): string {
  return join(folder.root, 'demo');
}

/**
 * Whether a data folder is a demonstration, with simulated partners and made-up cases. A new folder becomes one unless it
 * is to stay empty; one that was used without never does. With an outside database, or in production, nothing is.
 */
export async function isDemonstration(folder: DataFolder, environment: Environment, empty: boolean): Promise<boolean> {
  if (environment.databaseUrl !== null || process.env['NODE_ENV'] === 'production') return false;
  if (await exists(demonstrationFolder(folder))) return true;
  if (empty || (await exists(folder.keysFile))) return false;
  await mkdir(demonstrationFolder(folder), { recursive: true, mode: 0o700 });
  return true;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
