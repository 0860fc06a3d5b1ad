import { open, readFile, rename, rm } from 'node:fs/promises';

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

/**
 * Takes the lock of a data folder.
 *
 * @returns null while another living process holds it
 */
export async function lockFolder(file: string): Promise<FolderLock | null> {
  const me: Holder = { pid: process.pid, began: await began(process.pid) };
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(JSON.stringify(me));
      await handle.close();
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = await readFile(file, 'utf8').catch(() => '');
    const holder = parse(text);
    if (holder && (await began(holder.pid)) === holder.began && holder.began !== '') return null;
    if (!holder) await new Promise((resolve) => setTimeout(resolve, 50));
    // Only one of several that saw the same dead holder can move its lock away.
    if (holder || attempt > 5) await rename(file, `${file}.${process.pid}.dead`).catch(() => undefined);
    await rm(`${file}.${process.pid}.dead`, { force: true });
  }
  return null;
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
