/**
 * Makes a clone ready to run: installs the packages that package-lock.json names when others are installed, and builds
 * when the sources have changed. Says nothing, and takes no time, when nothing is to do. Runs on any Node from 20.19,
 * with nothing installed. Everything that it says goes to standard error: standard output belongs to whoever calls.
 *
 *     node scripts/setup.mjs               what is needed
 *     node scripts/setup.mjs --installed   told by npm that it has just installed: only builds
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildPresent,
  packagesFingerprint,
  packagesInstalled,
  readStamp,
  sourcesFingerprint,
  writeStamp,
} from './setup-freshness.mjs';
import { withLock } from './setup-lock.mjs';

export const repository = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** Set for npm while it installs for us: its `prepare` then leaves the rest of the work to the one who called it. */
const INSTALLING = 'CONCORD_SETUP_INSTALLING';

const OLDEST_NODE = [22, 18];

/** A step of the setup failed; it has said why on standard error. */
export class SetupFailed extends Error {
  constructor(step, exitCode) {
    super(`${step} failed`);
    this.exitCode = exitCode;
  }
}

/**
 * The Node that Concord runs on: its own, from the packages, or this one where it is new enough.
 *
 * @returns {string} path of the program
 */
export function nodeProgram() {
  const own = join(repository, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath;
  say(`Concord needs Node ${OLDEST_NODE.join('.')} or newer; the package "node" that brings it is not installed.`);
  throw new SetupFailed('finding Node', 1);
}

/**
 * Installs and builds what is out of date.
 *
 * @param {{ installed?: boolean }} [options] installed: npm has just finished installing
 * @throws {SetupFailed}
 */
export async function setUp({ installed = false } = {}) {
  if (process.env[INSTALLING] !== undefined) return;
  if (!installed && upToDate()) return;
  const announceWait = (pid) => say(`waiting for the setup that process ${pid} is running`);
  await withLock(join(repository, '.setup.lock'), () => bringUpToDate(installed), announceWait);
}

function upToDate() {
  const stamp = readStamp(repository);
  return stamp.packages === packagesFingerprint(repository) && builtFrom(stamp, sourcesFingerprint(repository));
}

function builtFrom(stamp, sources) {
  return stamp.sources === sources && buildPresent(repository);
}

async function bringUpToDate(installed) {
  const packages = packagesFingerprint(repository);
  let stamp = readStamp(repository);
  if (stamp.packages !== packages) {
    if (!installed && !packagesInstalled(repository)) {
      say('installing packages (npm ci)');
      await run('npm ci', 'npm', ['ci', '--no-fund', '--no-audit'], machineEnvironment());
    }
    // New packages can change what the sources compile to, so the last build no longer counts.
    stamp = { packages, sources: null };
    writeStamp(repository, stamp);
  }

  // Taken before the build: what changes while it runs is built next time.
  const sources = sourcesFingerprint(repository);
  if (builtFrom(stamp, sources)) return;
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  if (!existsSync(compiler)) {
    // Installed without development packages: what was built elsewhere and copied here runs as it is.
    if (buildPresent(repository)) return;
    say('nothing is built, and the compiler is not installed: it is a development package');
    if (installed) return;
    throw new SetupFailed('the build', 1);
  }
  say('building');
  await run('the build', nodeProgram(), [compiler, '-b'], process.env);
  writeStamp(repository, { packages, sources });
}

/** Without our own node_modules on the path: npm must not run on a Node that it is about to replace. */
function machineEnvironment() {
  const environment = { ...process.env, [INSTALLING]: String(process.pid) };
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  environment[name] = (environment[name] ?? '')
    .split(delimiter)
    .filter((folder) => !resolve(folder).startsWith(join(repository, 'node_modules') + sep))
    .join(delimiter);
  return environment;
}

/** Runs a program in the repository; what it says on standard output goes to our standard error. */
async function run(step, program, parameters, env) {
  const child = spawn(program, parameters, {
    cwd: repository,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && program === 'npm',
  });
  const stop = (signal) => child.kill(signal);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  signals.forEach((signal) => process.on(signal, stop));
  try {
    const exitCode = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
    });
    if (exitCode !== 0) {
      say(`${step} ended with code ${exitCode}`);
      throw new SetupFailed(step, exitCode);
    }
  } catch (error) {
    if (error instanceof SetupFailed) throw error;
    say(`${step} could not be started: ${error.message}`);
    throw new SetupFailed(step, 127);
  } finally {
    signals.forEach((signal) => process.off(signal, stop));
  }
}

function say(message) {
  process.stderr.write(`setup: ${message}\n`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await setUp({ installed: process.argv.includes('--installed') });
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    process.exitCode = error.exitCode;
  }
}
