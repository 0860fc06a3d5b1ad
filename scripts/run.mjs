/**
 * Runs a program of this repository on Concord's own Node, after making sure that it is installed and built.
 *
 *     node scripts/run.mjs [Node's options] <entry> [the program's arguments]
 *
 * The entry is relative to the repository; everything else (folder, standard streams, exit code, signals) is the caller's.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { SetupFailed, nodeProgram, repository, setUp } from './setup.mjs';

const parameters = process.argv.slice(2);
const entryAt = parameters.findIndex((parameter) => !parameter.startsWith('--'));
if (entryAt === -1) {
  process.stderr.write("usage: node scripts/run.mjs [Node's options] <entry> [arguments]\n");
  process.exit(64);
}
const nodeOptions = parameters.slice(0, entryAt);
const entry = resolve(repository, parameters[entryAt]);
const programArguments = parameters.slice(entryAt + 1);

try {
  await setUp();
  const child = spawn(nodeProgram(), [...nodeOptions, entry, ...programArguments], { stdio: 'inherit' });
  passOnSignals(child);
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 126;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    // The caller must see the same end as if it had started the program itself.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
} catch (error) {
  if (!(error instanceof SetupFailed)) throw error;
  process.exitCode = error.exitCode;
}

function passOnSignals(child) {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT']) {
    process.on(signal, () => {
      // A terminal's key has reached the child already: it goes to everything in the foreground.
      const fromKeyboard = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY === true;
      if (!fromKeyboard) child.kill(signal);
    });
  }
}
