import { syncBuiltinESMExports } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Said on standard error by a child that ends itself for its memory; the host knows it by these words. */
export const OUT_OF_MEMORY = 'out of memory: more is resident than the limit';

/** A look costs about ten microseconds. In 10 ms one thread can make some 20 MB resident. */
const LOOK_MS = 10;

/**
 * Watches over the process from a thread of its own, which a plugin that never returns can't hold up, nor a host that is
 * busy: ends it when standard input has closed, for then its host is gone, and when more memory is resident than allowed.
 */
const watch = (limitBytes: number): string => `
  const { Socket } = require('node:net');
  const { writeSync } = require('node:fs');
  const end = () => process.kill(process.pid, 'SIGKILL');
  new Socket({ fd: 0, readable: true, writable: false }).on('end', end).on('error', end).on('close', end).resume();
  setInterval(() => {
    if (process.memoryUsage.rss() <= ${limitBytes}) return;
    try { writeSync(2, ${JSON.stringify(OUT_OF_MEMORY)}); } finally { end(); }
  }, ${LOOK_MS});
`;

/** @param limitMb megabytes that may be resident */
export function watchOverProcess(limitMb: number): void {
  new Worker(watch(limitMb * 1024 * 1024), { eval: true, stdout: false, stderr: false }).unref();
}

/** Takes away what ends other processes. Called after {@link watchOverProcess}, whose thread keeps its own. */
export function giveUpSignals(): void {
  const refuse = (): never => {
    throw new Error('a plugin signals no process');
  };
  // `_kill` is what Node's own `kill` calls.
  for (const name of ['kill', '_kill']) Object.defineProperty(process, name, { value: refuse });
  syncBuiltinESMExports();
}
