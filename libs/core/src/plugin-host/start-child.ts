import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs the rest of its arguments as itself, under limits that hold from the first instruction:
 *
 * - no core dump: it would leave on disk the identifiers that are in clear while a file is encoded;
 * - a bound on writable memory, for what is faster than a look at it ({@link WRITABLE_HEADROOM_MB});
 * - first in line when the machine has no memory left, so that the kernel never takes the host or the database instead.
 *
 * A limit that can't be set is done without: the others hold.
 */
const LIMITED =
  'unset PWD; ulimit -c 0; ulimit -d "$1"; { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; shift; exec "$@"';
const SHELL = '/bin/sh';

/**
 * What V8 maps as writable without using it (512 MB for machine code in each of two threads) and as much again. Not a
 * measure of what is used: resident memory is watched for that.
 */
const WRITABLE_HEADROOM_MB = 2_048;

/** Where a child's code is, where it works, and what it may hold. */
export interface ChildStart {
  readonly childFile: URL;
  readonly workingFolder: URL;
  readonly memoryLimitMb: number;
}

/** Starts a process for one plugin: pipes 0 to 2 as usual, jobs on 3, answers on 4. */
export function startChild(specifier: string, { childFile, workingFolder, memoryLimitMb }: ChildStart): ChildProcess {
  const node = [
    process.execPath,
    `--max-old-space-size=${memoryLimitMb}`,
    ...permissions(),
    fileURLToPath(childFile),
    specifier,
    String(memoryLimitMb),
  ] as const;
  const limited = process.platform === 'linux' && existsSync(SHELL);
  const writableKb = (memoryLimitMb + WRITABLE_HEADROOM_MB) * 1024;
  const [command, ...parameters] = limited
    ? ([SHELL, '-c', LIMITED, 'plugin', String(writableKb), ...node] as const)
    : node;
  return spawn(command, parameters, {
    cwd: workingFolder,
    env: childEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that what it starts can be killed with it, and what it does to its group harms nobody.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/**
 * A plugin translates: it starts no process, which could outlive it, and writes no file. Threads are needed for the watch
 * over the child itself. Versions of Node before 22.13 have no such permissions to give.
 */
function permissions(): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 13)) return [];
  return ['--permission', '--allow-fs-read=*', '--allow-worker', '--disable-warning=SecurityWarning'];
}

/** No database address, no key, no token: a plugin sees none of the host's environment. */
function childEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { TZ: 'UTC' };
  for (const name of ['PATH', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
