import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A running simulated bureau. */
export interface LaunchedBureau {
  readonly name: string;
  readonly port: number;
  /** `SHA256:` fingerprint of the host key, to be pinned. */
  readonly hostKey: string;
  readonly child: ChildProcess;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 5_000;

/**
 * Starts a bureau on its state folder, which is made where it is missing. The child holds the other end of a pipe, so it
 * ends when this process does. Its log is `log` in the state folder. Throws when it is not ready in time.
 */
export async function launchBureau(stateDir: string, name: string): Promise<LaunchedBureau> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const logFile = openSync(join(stateDir, 'log'), 'a', 0o600);
  const child = spawn(nodePath(), [join(HERE, 'bureau', 'main.ts'), '--state', stateDir, '--name', name], {
    stdio: ['pipe', 'pipe', logFile],
  });
  closeSync(logFile);
  try {
    const { port, hostKey } = await readyLine(child);
    return { name, port, hostKey, child, stop: () => stop(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`bureau ${name} did not start, see ${join(stateDir, 'log')}`, { cause: error });
  }
}

/** Adds a user to a bureau's accounts, or gives one a new password. A running bureau knows it from its next login on. */
export function setAccount(stateDir: string, user: string, password: string): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'accounts.json');
  let accounts: { [user: string]: { password: string } } = {};
  try {
    accounts = JSON.parse(readFileSync(path, 'utf8')) as typeof accounts;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  writeWhole(path, { ...accounts, [user]: { password } });
}

/** Replaces the faults of a bureau; `{}` makes it behave. The keys are listed in README.md. */
export function setFaults(stateDir: string, faults: { readonly [key: string]: boolean | number }): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  writeWhole(join(stateDir, 'faults.json'), faults);
}

function writeWhole(path: string, content: unknown): void {
  const temporary = `${path}.${process.pid}.writing`;
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
  renameSync(temporary, path);
}

/** The simulator is TypeScript run as it is, which takes a Node that strips types; where this one does not, the project's own. */
function nodePath(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return join(HERE, '..', '..', 'node_modules', '.bin', 'node');
}

async function readyLine(child: ChildProcess): Promise<{ port: number; hostKey: string }> {
  if (child.stdout === null) throw new Error('no output to read');
  const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line', { signal: giveUp }),
    once(child, 'exit', { signal: giveUp }).then(([code]) => {
      throw new Error(`ended with code ${String(code)}`);
    }),
  ])) as [string];
  const ready = JSON.parse(line) as { ready?: unknown; port?: unknown; hostKey?: unknown };
  if (ready.ready !== true || typeof ready.port !== 'number' || typeof ready.hostKey !== 'string') {
    throw new Error('did not say that it is ready');
  }
  return { port: ready.port, hostKey: ready.hostKey };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}
