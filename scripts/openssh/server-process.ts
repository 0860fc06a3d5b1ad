import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A server under way. */
export interface ServerProcess {
  /** How it ended, in words; undefined while it runs. */
  end(): string | undefined;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * The shell that becomes the server. Before it does, it leaves a watcher behind that reads a pipe from this process: the
 * pipe closes when this process ends, however it ends, and the watcher then ends the server.
 */
const UNTIL_THE_PIPE_CLOSES = `
exec 3<&0
server=$$
{ read -r ended <&3 || kill -KILL "$server"; } </dev/null >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null`;
const GRACE_MS = 5_000;

/**
 * Starts a program so that it can't outlive this process.
 *
 * @param options.logFile its standard output and error are appended here
 * @param options.uid whom it runs as, where that is someone else
 */
export async function startServer(
  program: string,
  parameters: readonly string[],
  options: { readonly logFile: string; readonly env: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number },
): Promise<ServerProcess> {
  const { logFile, ...rest } = options;
  const log = openSync(logFile, 'a');
  // Detached: the terminal's Ctrl-C is for this process, which then stops the server in order.
  const child = spawn('/bin/sh', ['-c', UNTIL_THE_PIPE_CLOSES, 'sh', program, ...parameters], {
    ...rest,
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
  return {
    end: () => end,
    stop: async () => {
      if (end !== undefined) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
