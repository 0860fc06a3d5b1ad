import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../root.js';
import type { CheckMessage, CheckTask } from './check-messages.js';

/** A plugin that says nothing for so long hangs: no single check of a sound one takes a tenth of it. */
const SILENT_MS = 180_000;
const MEMORY_MB = 512;

/** Another time zone and language than the first process has. */
export const HERE = { TZ: 'UTC', LANG: 'C' } as const;
export const ELSEWHERE = { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } as const;

/**
 * Checks one plugin in a process of its own and yields what it says. A process that ends early, or is killed because it
 * hangs, yields `unusable` last.
 */
export async function* checkInProcess(
  source: string,
  task: CheckTask,
  place: NodeJS.ProcessEnv,
): AsyncGenerator<CheckMessage, void, undefined> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MB}`, fileURLToPath(childFile()), source, task],
    {
      cwd: ROOT,
      // None of the host's environment: no database address, no key, no token.
      env: { PATH: process.env['PATH'], ...place },
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      // A group of its own, so that whatever the plugin starts ends with it.
      detached: process.platform !== 'win32',
    },
  );
  child.stdin?.on('error', () => undefined);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    kill(child);
  }, SILENT_MS);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  let done = false;
  try {
    for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
      timer.refresh();
      const message = messageIn(line);
      if (message === null) continue;
      done ||= message.say === 'done' || message.say === 'unusable';
      yield message;
    }
    const how = await ended;
    if (done) return;
    const reason = hung ? `It said nothing for ${SILENT_MS / 1_000} seconds.` : `Its process ended early (${how}).`;
    yield { say: 'unusable', reason };
  } finally {
    clearTimeout(timer);
    kill(child);
  }
}

/** A plugin can reach the descriptor, too; what is no message of ours is nothing. */
function messageIn(line: string): CheckMessage | null {
  try {
    const value = JSON.parse(line) as CheckMessage | null;
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Compiled code starts its sibling; the sources, which tests run from, have theirs in the compiled folder. */
function childFile(): URL {
  const compiled = import.meta.url.endsWith('.ts') ? '../../../dist/cli/plugins/check-child.js' : './check-child.js';
  return new URL(compiled, import.meta.url);
}
