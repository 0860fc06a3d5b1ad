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

/** Hands out plugin processes: one plugin in each, one warm process kept a plugin, never more in all than the limit. */
export class ChildPool {
  readonly #limits: PoolLimits;
  readonly #start: (specifier: string) => PluginProcess;
  readonly #all = new Set<PluginProcess>();
  readonly #idle = new Map<string, { readonly process: PluginProcess; readonly timer: NodeJS.Timeout }>();
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
    if (
      process.usable &&
      process.jobsDone < this.#limits.jobsPerProcess &&
      !this.#idle.has(process.specifier) &&
      !this.#closed
    ) {
      const timer = setTimeout(() => this.#end(process), this.#limits.idleMs);
      this.#idle.set(process.specifier, { process, timer });
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
    const warm = this.#idle.get(specifier);
    if (warm !== undefined) {
      clearTimeout(warm.timer);
      this.#idle.delete(specifier);
      if (warm.process.usable) return warm.process;
      this.#end(warm.process);
    }
    if (this.#all.size >= this.#limits.maxProcesses) {
      const [other] = this.#idle.values();
      if (other === undefined) return null;
      this.#end(other.process);
    }
    const process = this.#start(specifier);
    this.#all.add(process);
    process.onExit(() => this.#end(process));
    return process;
  }

  #end(process: PluginProcess): void {
    const idle = this.#idle.get(process.specifier);
    if (idle?.process === process) {
      clearTimeout(idle.timer);
      this.#idle.delete(process.specifier);
    }
    process.kill();
    // Served again where this made room; a process in use is counted until it has ended.
    if (this.#all.delete(process)) queueMicrotask(() => this.#serve());
  }
}
