import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended, and all that it said. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that a test started and that may still run. */
export class StartedProcess {
  private stdout = '';
  private stderr = '';
  /** Resolves when it is gone and has said everything. */
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Waits until its standard error matches.
   *
   * @returns the match
   * @throws Error with what it said instead, when it ends before or takes too long
   */
  async says(pattern: RegExp, withinMs: number): Promise<RegExpExecArray> {
    const until = Date.now() + withinMs;
    for (;;) {
      const found = pattern.exec(this.stderr);
      if (found) return found;
      if (!this.isRunning || Date.now() > until) {
        throw new Error(`${this.isRunning ? 'has not said' : 'ended before it said'} ${pattern}:\n${this.stderr}`);
      }
      await pause(20);
    }
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** The end, or null when it has not come in time; the process is left running then. */
  async endsWithin(ms: number): Promise<Ended | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
    const first = await Promise.race([this.ended, late]);
    clearTimeout(timer);
    return first;
  }
}

/** The processes that one test file started, so that none of them outlives it. */
export class Processes {
  private readonly started: StartedProcess[] = [];

  /** @param input written to standard input, which is then closed */
  start(
    program: string,
    parameters: readonly string[],
    environment: NodeJS.ProcessEnv,
    input: string | Uint8Array = '',
  ): StartedProcess {
    const child = spawn(program, parameters, { env: environment, stdio: 'pipe' });
    // A program that refuses its options ends without reading what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const process = new StartedProcess(child);
    this.started.push(process);
    return process;
  }

  /** Kills what still runs and waits until it is gone. */
  async endAll(): Promise<void> {
    await Promise.all(this.started.filter(({ isRunning }) => isRunning).map((process) => process.end('SIGKILL')));
  }
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
