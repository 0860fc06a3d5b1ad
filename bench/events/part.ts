import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PartReport } from './part-process.ts';

/** Where children leave what the profiler saw; nothing is profiled where it is not set. */
const PROFILES = process.env['CONCORD_BENCH_PROFILES'];

type Said = { readonly ready: true } | { readonly report: unknown } | { readonly failure: string };

/** A process of its own that does one part of the work, as gateway and connectors are processes of their own. */
export class Part<R> {
  private readonly child: ChildProcess;
  private readonly name: string;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.child = child;
  }

  /**
   * Starts a process, and waits until it could begin.
   *
   * @param name of its module in this folder
   * @param parameters what it is given, as JSON
   */
  static async start<R>(name: string, parameters: object): Promise<Part<R>> {
    const execArgv =
      PROFILES === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`, `--cpu-prof-name=${name}.${Date.now()}.cpuprofile`];
    const child = fork(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), { execArgv });
    // Too much for a command line.
    child.send(parameters);
    const part = new Part<R>(name, child);
    await part.says('ready');
    return part;
  }

  /** Lets it do its work. @returns what it reports of it */
  async work(): Promise<PartReport<R>> {
    this.child.send('go');
    return (await this.says('report')) as PartReport<R>;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    if (this.child.connected) this.child.send('end');
    await ended;
  }

  private says(what: 'ready' | 'report'): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = (): void => finish(() => reject(new Error(`${this.name} ended before it was ${what}`)));
      const said = (message: Said): void => {
        if ('failure' in message) finish(() => reject(new Error(`${this.name}: ${message.failure}`)));
        else if (what in message) finish(() => resolve('report' in message ? message.report : undefined));
      };
      const finish = (settle: () => void): void => {
        this.child.off('exit', gone).off('message', said);
        settle();
      };
      this.child.on('exit', gone).on('message', said);
    });
  }
}
