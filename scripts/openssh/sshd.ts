import { access, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { run } from '../kafka/command.ts';

/** OpenSSH's server program, where it was found. */
export interface Sshd {
  /** Absolute: the server starts itself again for each connection. */
  readonly program: string;
  /** The folder that Debian's packages were unpacked into; undefined where the machine has the server installed. */
  readonly unpacked: string | undefined;
  /** From 9.8 on sessions are a program of their own; undefined before. */
  readonly sessionProgram: string | undefined;
  /** From 10.0 on logging in is one as well. */
  readonly authProgram: string | undefined;
}

const INSTALLED = '/usr/sbin/sshd';
/** The server, and the one library of it that machines without the server lack. */
const PACKAGES = ['openssh-server', 'libwrap0'];
const DOWNLOAD_MS = 120_000;

/**
 * The server that is installed, else Debian's package unpacked in the user's cache folder, fetched by apt where it is not
 * there yet. Nothing is installed: an installed server would go on listening after the tests.
 *
 * Where there is none, the reason in one sentence.
 */
export async function findSshd(
  onLog: (line: string) => void = () => undefined,
): Promise<Sshd | { readonly reason: string }> {
  if (await exists(INSTALLED)) return programs('/', undefined);
  const folder = join(cacheFolder(), 'openssh-server');
  if (!(await exists(join(folder, INSTALLED)))) {
    const problem = await fetchInto(folder, onLog);
    if (problem !== undefined) return { reason: problem };
  }
  return programs(folder, folder);
}

/** A copy that another user may run: what root fetched lies where nobody else may go. */
export async function copySshd(sshd: Sshd, folder: string): Promise<Sshd> {
  if (sshd.unpacked === undefined) return sshd;
  await cp(sshd.unpacked, folder, { recursive: true, verbatimSymlinks: true });
  return programs(folder, folder);
}

/** What the server needs to find the libraries that were unpacked with it. */
export async function libraryPath({ unpacked }: Sshd): Promise<string | undefined> {
  if (unpacked === undefined) return undefined;
  const libraries = join(unpacked, 'usr/lib');
  const inside = await readdir(libraries).catch(() => []);
  return inside
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(libraries, name))
    .join(':');
}

async function programs(root: string, unpacked: string | undefined): Promise<Sshd> {
  const part = async (name: string): Promise<string | undefined> => {
    const path = join(root, 'usr/lib/openssh', name);
    return (await exists(path)) ? path : undefined;
  };
  return {
    program: join(root, INSTALLED),
    unpacked,
    sessionProgram: await part('sshd-session'),
    authProgram: await part('sshd-auth'),
  };
}

/** Several processes may fetch at once, each into a folder of its own: the first to finish gives it the name. */
async function fetchInto(target: string, onLog: (line: string) => void): Promise<string | undefined> {
  onLog('fetching the OpenSSH server with apt, once');
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(`${target}.fetch-`);
  try {
    const problem = await download(folder);
    if (problem !== undefined) return problem;
    const unpacked = join(folder, 'root');
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.deb')) continue;
      const end = await run('dpkg-deb', ['-x', join(folder, name), unpacked]);
      if (end.code !== 0) return `dpkg-deb could not unpack ${name}: ${lastLine(end.err)}`;
    }
    try {
      await rename(unpacked, target);
    } catch (error) {
      // Another process was first. Its folder is as whole as ours.
      if (!(await exists(join(target, INSTALLED)))) throw error;
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(folder: string): Promise<string | undefined> {
  const get = () => run('apt-get', ['download', ...PACKAGES], { cwd: folder, timeoutMs: DOWNLOAD_MS });
  let end = await get();
  if (end.code !== 0 && process.getuid?.() === 0) {
    // The lists of packages may be missing or old, and only root may bring new ones.
    await run('apt-get', ['update'], { timeoutMs: DOWNLOAD_MS });
    end = await get();
  }
  if (end.code === 0) return undefined;
  return `${INSTALLED} is not there, and apt-get could not fetch it: ${lastLine(end.err)}`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
