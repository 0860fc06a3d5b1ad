import { execFile } from 'node:child_process';

/** How a program ended: its exit code (null where it could not be started or was killed) and both streams as text. */
export interface CommandEnd {
  readonly code: number | null;
  /** Standard output. */
  readonly out: string;
  /** Standard error, or why the program could not be started. */
  readonly err: string;
}

/** Runs a program to its end, without a shell. Never throws: a program that is missing is an end with code null. */
export function run(
  program: string,
  parameters: readonly string[],
  options: { env?: NodeJS.ProcessEnv; timeoutMs?: number; cwd?: string } = {},
): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(
      program,
      parameters,
      {
        env: options.env ?? process.env,
        timeout: options.timeoutMs ?? 0,
        maxBuffer: 16 * 1024 * 1024,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, out, err: err === '' && error !== null ? error.message : err });
      },
    );
  });
}
