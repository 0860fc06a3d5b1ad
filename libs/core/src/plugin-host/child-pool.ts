import type { PluginProcess } from './plugin-process.js';

export interface PoolLimits {
  readonly maxProcesses: number;
  /** A process is replaced after so many jobs, so that slow leaks don't add up. */
  readonly jobsPerProcess: number;
  /** A process without work is ended after this time. */
  readonly idleMs: number;
}

interface Waiter {
  readonly specifier: string;
  readonly resolve: (process: PluginProcess) => void;
  readonly reject: (error: Error) => void;
}

/** A process that waits for its next job. */
interface Idle {
  readonly process: PluginProcess;
  readonly timer: NodeJS.Timeout;
}

/**
 * Hands out plugin processes: one plugin in each, never more in all than the limit. One that has done its job is kept warm until its
 * room is needed for another plugin: several connectors use the same plugin at once, and starting one costs more than most jobs.
 */
export class ChildPool {
  readonly #limits: PoolLimits;
  readonly #start: (specifier: string) => PluginProcess;
  readonly #all = new Set<PluginProcess>();
  /** The one that waits longest first. */
  #idle: readonly Idle[] = [];
  readonly #waiters: Waiter[] = [];
  #closed = false;

  constructor(limits: PoolLimits, start: (specifier: string) => PluginProcess) {
    this.#limits = limits;
    this.#start = start;
  }

  acquire(specifier: string): Promise<PluginProcess> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ specifier, resolve, reject });
      this.#serve();
    });
  }

  release(process: PluginProcess): void {
    if (process.usable && process.jobsDone < this.#limits.jobsPerProcess && !this.#closed) {
      const timer = setTimeout(() => this.#end(process), this.#limits.idleMs);
      this.#idle = [...this.#idle, { process, timer }];
    } else {
      this.#end(process);
    }
    this.#serve();
  }

  /** Ends every process; jobs under way fail, and later ones are refused. */
  close(): void {
    this.#closed = true;
    for (const process of [...this.#all]) this.#end(process);
    this.#serve();
  }

  /** First come, first served: a process for a later plugin never starves an earlier one. */
  #serve(): void {
    for (let waiter = this.#waiters[0]; waiter !== undefined; waiter = this.#waiters[0]) {
      if (this.#closed) {
        waiter.reject(new Error('the plugin host is closed'));
      } else {
        const process = this.#take(waiter.specifier);
        if (process === null) return;
        waiter.resolve(process);
      }
      this.#waiters.shift();
    }
  }

  #take(specifier: string): PluginProcess | null {
    // The one that worked last: its memory is the warmest, and the others may end for want of work.
    const warm = this.#idle.findLast(({ process }) => process.specifier === specifier);
    if (warm !== undefined) {
      this.#wake(warm.process);
      if (warm.process.usable) return warm.process;
      this.#end(warm.process);
    }
    if (this.#all.size >= this.#limits.maxProcesses) {
      const [other] = this.#idle;
      if (other === undefined) return null;
      this.#end(other.process);
    }
    const process = this.#start(specifier);
    this.#all.add(process);
    process.onExit(() => this.#end(process));
    return process;
  }

  #end(process: PluginProcess): void {
    this.#wake(process);
    process.kill();
    // Served again where this made room; a process in use is counted until it has ended.
    if (this.#all.delete(process)) queueMicrotask(() => this.#serve());
  }

  /** It waits for a job no longer. */
  #wake(process: PluginProcess): void {
    const idle = this.#idle.find((each) => each.process === process);
    clearTimeout(idle?.timer);
    this.#idle = this.#idle.filter((each) => each !== idle);
  }
}
