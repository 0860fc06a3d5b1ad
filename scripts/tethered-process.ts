import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that ends with the process that started it. */
export interface TetheredProcess {
  readonly pid: number;
  /** How it ended, in words; undefined while it runs. */
  end(): string | undefined;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * The shell that becomes the program. Before it does, it leaves a watcher behind that reads a pipe from this process: the system
 * closes the pipe when this process ends, however it ends, SIGKILL included, and the watcher then kills the program. A line
 * on the pipe says instead that it has ended and its number may belong to another program by now.
 */
const UNTIL_THE_PIPE_CLOSES = `
exec 3<&0
program=$$
{ read -r ended <&3 || kill -KILL "$program"; } </dev/null >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null`;

/** How a program is started. */
export interface TetheredOptions {
  /** Its standard output and error are appended here. */
  readonly logFile: string;
  /** Instead of this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whom it runs as, where that is someone else. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts a program so that it can't outlive this process. */
export async function startTethered(
  program: string,
  parameters: readonly string[],
  { logFile, ...options }: TetheredOptions,
): Promise<TetheredProcess> {
  const log = openSync(logFile, 'a');
  // Detached: the terminal's Ctrl-C is for this process, which then stops it in order.
  const child = spawn('/bin/sh', ['-c', UNTIL_THE_PIPE_CLOSES, 'sh', program, ...parameters], {
    ...options,
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      end = signal === null ? `ended with code ${code}` : `ended by ${signal}`;
      child.stdin?.end('ended\n');
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (child.pid === undefined) throw new Error('a started process has no number');
  return {
    pid: child.pid,
    end: () => end,
    ended,
    signal: (signal) => void child.kill(signal),
  };
}

/**
 * Freezes a program and resolves when none of its threads runs any more. SIGSTOP alone returns at once: it takes effect when
 * one thread comes to the processor and takes it, and on a busy machine the others go on until then. Where the system has no
 * /proc, this is all that can be known.
 */
export async function freezeTethered(process: TetheredProcess): Promise<void> {
  process.signal('SIGSTOP');
  while (process.end() === undefined && !(await isFrozen(process.pid))) await delay(5);
}

async function isFrozen(pid: number): Promise<boolean> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const states = await Promise.all(tasks.map((task) => threadState(`/proc/${pid}/task/${task}/stat`)));
  return states.every((state) => state === undefined || state === 'T');
}

/** The letter after the program's name, which may itself hold brackets; undefined where the thread has ended. */
async function threadState(file: string): Promise<string | undefined> {
  const stat = await readFile(file, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 1).trim()[0];
}

/** Asks for an orderly end, and forces it after the grace time. Paused programs are woken first: they can't obey. */
export async function stopTethered(process: TetheredProcess, graceMs: number): Promise<void> {
  process.signal('SIGCONT');
  process.signal('SIGTERM');
  const force = setTimeout(() => process.signal('SIGKILL'), graceMs);
  await process.ended;
  clearTimeout(force);
}
