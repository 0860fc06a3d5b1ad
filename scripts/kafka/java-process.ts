import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A Java program under way. */
export interface JavaProcess {
  readonly pid: number;
  /** How it ended, in words; undefined while it runs. */
  end(): string | undefined;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * The shell that becomes Java. Before it does, it leaves a watcher behind that reads a pipe from this process: the system
 * closes the pipe when this process ends, however it ends, SIGKILL included, and the watcher then kills Java. A line on
 * the pipe says instead that Java has ended and its number may belong to another program by now.
 */
const UNTIL_THE_PIPE_CLOSES = `
exec 3<&0
java=$$
{ read -r ended <&3 || kill -KILL "$java"; } </dev/null >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null`;

/**
 * Starts Java so that it can't outlive this process.
 *
 * @param logFile its standard output and error are appended here
 */
export async function startJava(java: string, parameters: readonly string[], logFile: string): Promise<JavaProcess> {
  const log = openSync(logFile, 'a');
  // Detached: the terminal's Ctrl-C is for this process, which then stops Java in order.
  const child = spawn('/bin/sh', ['-c', UNTIL_THE_PIPE_CLOSES, 'sh', java, ...parameters], {
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

/** Asks for an orderly end, and forces it after the grace time. Paused programs are woken first: they can't obey. */
export async function stopJava(process: JavaProcess, graceMs: number): Promise<void> {
  process.signal('SIGCONT');
  process.signal('SIGTERM');
  const force = setTimeout(() => process.signal('SIGKILL'), graceMs);
  await process.ended;
  clearTimeout(force);
}
