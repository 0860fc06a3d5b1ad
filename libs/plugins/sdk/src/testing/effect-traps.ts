import fs from 'node:fs';

/**
 * Runs `body` and names every effect that it took from outside its context: the clock, chance, the network, timers and
 * files. Modules that a plugin may not import at all are the business of the dependency rules.
 */
export async function effectsOf(body: () => Promise<void>): Promise<readonly string[]> {
  const seen = new Set<string>();
  const restore: (() => void)[] = [];
  const trap = (owner: object, key: string, name: string): void => {
    const target = owner as Record<string, unknown>;
    const original = target[key] as ((...all: unknown[]) => unknown) | undefined;
    if (original === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    const watched = new Proxy(original, {
      apply(called, self, parameters) {
        seen.add(name);
        return Reflect.apply(called, self, parameters);
      },
    });
    Object.defineProperty(target, key, { configurable: true, writable: true, value: watched });
    restore.push(() => {
      if (descriptor === undefined) delete target[key];
      else Object.defineProperty(target, key, descriptor);
    });
  };

  trap(Math, 'random', 'Math.random');
  trap(globalThis, 'fetch', 'fetch');
  trap(globalThis, 'setTimeout', 'setTimeout');
  trap(globalThis, 'setInterval', 'setInterval');
  trap(performance, 'now', 'performance.now');
  trap(process, 'hrtime', 'process.hrtime');
  for (const key of ['randomUUID', 'getRandomValues']) trap(crypto, key, `crypto.${key}`);
  for (const key of [
    'openSync',
    'readFileSync',
    'writeFileSync',
    'open',
    'readFile',
    'writeFile',
    'createReadStream',
  ]) {
    trap(fs, key, `fs.${key}`);
  }
  for (const key of ['open', 'readFile', 'writeFile']) trap(fs.promises, key, `fs.promises.${key}`);
  restore.push(watchClock(seen));
  try {
    await body();
  } finally {
    for (const undo of restore.reverse()) undo();
  }
  return [...seen];
}

/** Sees `Date.now()`, `Date()` and `new Date()`; a date made from given parts is no effect. */
function watchClock(seen: Set<string>): () => void {
  const RealDate = globalThis.Date;
  globalThis.Date = new Proxy(RealDate, {
    construct(target, parameters, newTarget) {
      if (parameters.length === 0) seen.add('new Date');
      return Reflect.construct(target, parameters, newTarget === globalThis.Date ? target : newTarget) as object;
    },
    apply(target) {
      seen.add('Date');
      return target();
    },
    get(target, key, receiver) {
      if (key === 'now') seen.add('Date.now');
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return () => {
    globalThis.Date = RealDate;
  };
}
