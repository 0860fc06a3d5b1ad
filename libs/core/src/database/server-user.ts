import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The user that the database server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const CANDIDATES = ['postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root. Whoever starts Concord as root gets a server of another user.
 *
 * @returns null when this process is not root and the server simply runs as the same user
 * @throws Error when this machine has no user to run it as
 */
export async function serverUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const found = users.find((fields) => fields[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error(`PostgreSQL can't run as root, and this machine has none of the users ${CANDIDATES.join(', ')}`);
}

/** Whether a user who owns nothing on the way may pass through every folder down to this one. */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  const OTHERS_MAY_ENTER = 0o001;
  const OWNER_MAY_ENTER = 0o100;
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid } = await stat(at);
    if (!(mode & (uid === user.uid ? OWNER_MAY_ENTER : OTHERS_MAY_ENTER))) return false;
    if (dirname(at) === at) return true;
  }
}
