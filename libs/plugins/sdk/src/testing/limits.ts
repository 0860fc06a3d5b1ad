import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ensure } from './test-framework.js';

/** Longest time that one file of the kit's size may take: a hundred times what a sound reader needs. */
const WITHIN_MS = 20_000;
const MEBIBYTE = 1024 * 1024;

/**
 * Waits for work, but not for ever.
 *
 * @throws Error when it takes too long; work that never gives the thread back can only be ended with its process
 */
export async function withinTime<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done within ${WITHIN_MS / 1_000} seconds: ${what}`)), WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Watches how much stays in memory while something goes on that must not grow. */
export class MemoryWatch {
  private readonly collectGarbage = garbageCollector();
  private readonly before: number;

  constructor() {
    this.before = this.live();
  }

  /** @throws Error when more than so many MiB were kept since the start */
  ensureBelow(limitMebibytes: number, what: string): void {
    const kept = (this.live() - this.before) / MEBIBYTE;
    ensure(kept < limitMebibytes, `${what} keeps ${Math.round(kept)} MiB in memory`);
  }

  private live(): number {
    this.collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }
}

/** Only what is left after a collection is kept: without one, memory says as much about the machine as about the plugin. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
