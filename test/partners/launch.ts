import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AgencyBooks } from './agency/books.ts';
import type { AgencyCommand, CommandResult } from './agency/commands.ts';

export type { AgencyBooks, CollectedPayment, HeldAccount, Violation } from './agency/books.ts';
export type { AdoptedAccount, AgencyCommand, CommandResult, DayAction } from './agency/commands.ts';

/** A running simulated partner. */
export interface LaunchedPartner {
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
const COMMAND_WITHIN_MS = 30_000;

/**
 * Starts a bureau on its state folder, which is made where it is missing. The child holds the other end of a pipe, so it
 * ends when this process does. Its log is `log` in the state folder. Throws when it is not ready in time.
 */
export function launchBureau(stateDir: string, name: string): Promise<LaunchedPartner> {
  return launch('bureau', stateDir, name);
}

/** Starts a collection agency in the same way. */
export function launchAgency(stateDir: string, name: string): Promise<LaunchedPartner> {
  return launch('agency', stateDir, name);
}

async function launch(program: 'bureau' | 'agency', stateDir: string, name: string): Promise<LaunchedPartner> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const logFile = openSync(join(stateDir, 'log'), 'a', 0o600);
  const child = spawn(nodePath(), [join(HERE, program, 'main.ts'), '--state', stateDir, '--name', name], {
    stdio: ['pipe', 'pipe', logFile],
  });
  closeSync(logFile);
  try {
    const { port, hostKey } = await readyLine(child);
    return { name, port, hostKey, child, stop: () => stop(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${program} ${name} did not start, see ${join(stateDir, 'log')}`, { cause: error });
  }
}

/** Adds a user to a partner's accounts, or gives one a new password. A running partner knows it from its next login on. */
export function setAccount(stateDir: string, user: string, password: string): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'accounts.json');
  const accounts = (readIfThere(path) ?? {}) as { [user: string]: { password: string } };
  writeWhole(path, { ...accounts, [user]: { password } });
}

/** Replaces the faults of a partner; `{}` makes it behave. The keys are listed in README.md. */
export function setFaults(stateDir: string, faults: { readonly [key: string]: boolean | number }): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  writeWhole(join(stateDir, 'faults.json'), faults);
}

/**
 * Has the agency do something for one office, and resolves with what became of it. Commands for one office are done in the
 * order in which they were given; each is done once, even when the agency is killed meanwhile and started again. Throws
 * when there is no result in time.
 */
export async function agencyDo(
  stateDir: string,
  user: string,
  command: AgencyCommand,
  withinMs = COMMAND_WITHIN_MS,
): Promise<CommandResult> {
  const folder = join(stateDir, 'commands', user);
  const done = join(folder, 'done');
  mkdirSync(done, { recursive: true, mode: 0o700 });
  const given = [...readdirSync(folder), ...readdirSync(done)].map((name) => Number.parseInt(name, 10) || 0);
  const number = given.reduce((highest, one) => Math.max(highest, one), 0) + 1;
  const name = `${String(number).padStart(6, '0')}-${randomBytes(4).toString('hex')}.json`;
  writeWhole(join(folder, name), command);
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(15)) {
    const result = readIfThere(join(done, name));
    if (result !== undefined) return result as CommandResult;
  }
  throw new Error(`the agency did not ${command.do} within ${withinMs} ms, see ${join(stateDir, 'log')}`);
}

/** The agency's books of one office; undefined before it had anything to write down. */
export function agencyBooks(stateDir: string, user: string): AgencyBooks | undefined {
  return readIfThere(join(stateDir, 'books', `${user}.json`)) as AgencyBooks | undefined;
}

function readIfThere(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    // By its code alone: under a test framework the error may be of another realm.
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
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
