import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const HEARTBEAT_MS = 2_000;
/** A holder that has not touched the lock for this long is dead, even if another process now has its number. */
const SILENT_MS = 30_000;

/**
 * Runs `work` while no other process on this machine holds `path`; waits for its turn first.
 *
 * The lock is a file with the holder's process id. A lock whose holder is gone is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} onWait called once, with the holder's process id, when there is a wait
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  const mine = `${process.pid} ${randomUUID()}`;
  let waiting = false;
  while (!create(path, mine)) {
    const holder = read(path);
    if (holder === undefined) continue;
    if (isGone(holder)) {
      remove(path, holder.content);
      continue;
    }
    if (!waiting) onWait(holder.pid);
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    remove(path, mine);
  }
}

/** Linking a finished file is atomic: nobody ever reads a lock without its holder. */
function create(path, content) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, content);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function read(path) {
  try {
    const content = readFileSync(path, 'utf8');
    return { content, pid: Number(content.split(' ')[0]), touchedAt: statSync(path).mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isGone(holder) {
  if (Date.now() - holder.touchedAt > SILENT_MS) return true;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Removes the lock if it is still the one that was seen: another waiter may have taken over in between. */
function remove(path, content) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== content) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken away by hand: the work goes on, and the next process may start beside it.
  }
}
