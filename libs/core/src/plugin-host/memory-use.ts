import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resident memory of a process in bytes, or null when it has ended or can't be told. */
export async function residentBytes(pid: number): Promise<number | null> {
  try {
    if (process.platform === 'linux') {
      const resident = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
      return resident === null ? null : Number(resident[1]) * 1024;
    }
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) * 1024;
  } catch {
    return null;
  }
}

/**
 * How often the host looks at a child's memory. Every child watches itself far more closely; this is for one whose watch
 * does not run. Reading it costs next to nothing on Linux and a process elsewhere.
 */
export const MEMORY_POLL_MS = process.platform === 'linux' ? 50 : 500;
