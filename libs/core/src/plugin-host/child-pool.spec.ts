import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChildPool } from './child-pool.js';
import type { PluginProcess } from './plugin-process.js';

let pool: ChildPool;
let started: PluginProcess[];

/** Only what the pool looks at; how a real process behaves is shown with the whole host. */
function processOf(specifier: string): PluginProcess {
  const made = {
    specifier,
    usable: true,
    jobsDone: 0,
    kill: () => void (made.usable = false),
    onExit: () => undefined,
  };
  return made as unknown as PluginProcess;
}

const names = (): string[] => started.map(({ specifier, usable }) => `${specifier}${usable ? '' : ' ended'}`);

async function together(...specifiers: string[]): Promise<void> {
  const taken = await Promise.all(specifiers.map((specifier) => pool.acquire(specifier)));
  for (const each of taken) pool.release(each);
}

beforeEach(() => {
  started = [];
  pool = new ChildPool({ maxProcesses: 2, jobsPerProcess: 200, idleMs: 60_000 }, (specifier) => {
    const made = processOf(specifier);
    started.push(made);
    return made;
  });
});
afterEach(() => pool.close());

describe('a pool of plugin processes', () => {
  it('keeps every process of a plugin that several connectors use at once', async () => {
    for (let time = 0; time < 3; time += 1) await together('a', 'a');
    expect(names()).toEqual(['a', 'a']);
  });

  it('gives the room of the one that waits longest to another plugin', async () => {
    await together('a');
    await together('b');
    await together('c');
    expect(names()).toEqual(['a ended', 'b', 'c']);
    await together('b');
    expect(names()).toEqual(['a ended', 'b', 'c']);
  });

  it('starts anew where the one that waited has died', async () => {
    await together('a');
    started[0]!.kill();
    await together('a');
    expect(names()).toEqual(['a ended', 'a']);
  });

  it('lets the first one wait until there is room, and then serves it', async () => {
    const [one, two] = [await pool.acquire('a'), await pool.acquire('b')];
    const third = pool.acquire('c');
    expect(names()).toEqual(['a', 'b']);
    pool.release(two);
    expect((await third).specifier).toBe('c');
    expect(names()).toEqual(['a', 'b ended', 'c']);
    pool.release(one);
  });
});
