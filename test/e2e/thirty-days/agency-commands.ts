import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyCommand, CommandResult } from '../../partners/launch.js';
import { pause } from '../../support/processes.js';

const DONE_WITHIN_MS = 120_000;

/**
 * Has a simulated agency do something for one office, by its folder of commands: they are done in the order of their
 * numbers, each once.
 *
 * @throws Error when there is no result in time
 */
export async function commandAgency(state: string, office: string, command: AgencyCommand): Promise<CommandResult> {
  const folder = join(state, 'commands', office);
  const done = join(folder, 'done');
  mkdirSync(done, { recursive: true, mode: 0o700 });
  const given = [...readdirSync(folder), ...readdirSync(done)].map((name) => Number.parseInt(name, 10) || 0);
  const name = `${String(Math.max(0, ...given) + 1).padStart(6, '0')}-test.json`;
  const unfinished = join(folder, `${name}.writing`);
  writeFileSync(unfinished, JSON.stringify(command), { mode: 0o600 });
  renameSync(unfinished, join(folder, name));
  const result = join(done, name);
  for (const until = Date.now() + DONE_WITHIN_MS; !existsSync(result);) {
    if (Date.now() > until) throw new Error(`${state} does not ${command.do}`);
    await pause(10);
  }
  return JSON.parse(readFileSync(result, 'utf8')) as CommandResult;
}
