import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder with everything that one installation keeps on disk. */
export interface DataFolder {
  readonly root: string;
  readonly postgres: string;
  readonly secrets: string;
  readonly keysFile: string;
  readonly lockFile: string;
  readonly socket: string;
}

/** The longest path that a Unix socket may have everywhere. */
const LONGEST_SOCKET_PATH = 100;

/** Where the instance that runs on a folder listens for commands. */
export function socketPath(root: string): string {
  const inside = join(root, 'control.sock');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return join(tmpdir(), `concord-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.sock`);
}

/** Makes the folder if it is missing. Only its owner may enter the part that holds secrets. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  const folder: DataFolder = {
    root,
    postgres: join(root, 'postgres'),
    secrets: join(root, 'secrets'),
    keysFile: join(root, 'keys.json'),
    lockFile: join(root, 'lock'),
    socket: socketPath(root),
  };
  // The database server may run as another user, who must be able to pass through here to its own folder.
  await mkdir(root, { recursive: true, mode: 0o711 });
  await mkdir(folder.secrets, { recursive: true });
  await chmod(folder.secrets, 0o700);
  return folder;
}
