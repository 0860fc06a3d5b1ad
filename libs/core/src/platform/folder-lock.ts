import { link, open, readFile, rename, rm } from 'node:fs/promises';

/** Says who holds the folder. */
interface Holder {
  readonly pid: number;
  /** When that process began, so that another process with the same number is not taken for it. */
  readonly began: string;
}

/** Held as long as this process uses the data folder; a dead holder's lock is taken over. */
export interface FolderLock {
  release(): Promise<void>;
}

const PATIENCE = 5;

/**
 * Takes the lock of a data folder.
 *
 * @returns null while another living process holds it
 */
export async function lockFolder(file: string): Promise<FolderLock | null> {
  const mine: Holder = { pid: process.pid, began: await began(process.pid) };
  const me = JSON.stringify(mine);
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(me);
      await handle.close();
      return { release: () => release(file, me) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = await readFile(file, 'utf8').catch(() => '');
    const holder = parse(text);
    if (holder && (await began(holder.pid)) === holder.began && holder.began !== '') return null;
    // Whoever makes the lock writes into it at once: an empty one is given time before it counts as dead.
    if (!holder && attempt < PATIENCE) await new Promise((resolve) => setTimeout(resolve, 50));
    else await moveAway(file, text);
  }
  return null;
}

/** Of several that saw the same dead holder one moves its lock away; a living one that came meanwhile is put back. */
async function moveAway(file: string, dead: string): Promise<void> {
  const aside = `${file}.${process.pid}.dead`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => dead);
  if (moved !== dead) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Gives the lock back, unless somebody else's stands there. */
async function release(file: string, me: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) === me) await rm(file, { force: true });
}

function parse(text: string): Holder | null {
  try {
    const { pid, began: since } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof since === 'string' ? { pid, began: since } : null;
  } catch {
    return null;
  }
}

/** When a process began, as its system tells it; empty when there is no such process. */
async function began(pid: number): Promise<string> {
  const START_TIME_AFTER_NAME = 19;
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    const afterName = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return afterName[START_TIME_AFTER_NAME] ?? '';
  } catch {
    if (process.platform === 'linux') return '';
  }
  try {
    process.kill(pid, 0);
    return 'running';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'running' : '';
  }
}
