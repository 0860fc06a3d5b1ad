/**
 * Makes a new plugin that passes the conformance kit as it is written:
 *
 *     npm run plugin:new -- ID [--family FAMILY] [--title TITLE] [--outside DIR]
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeInRepository } from './into-repository.ts';
import { pluginNames, Refused } from './names.ts';
import { makeOutside } from './outside-package.ts';

const USAGE = 'usage: npm run plugin:new -- ID [--family FAMILY] [--title TITLE] [--outside DIR]';
const REPOSITORY = join(import.meta.dirname, '../..');
/** Bad parameters, and whatever is refused as asked. */
const REFUSED = 2;

async function make(parameters: readonly string[]): Promise<void> {
  const options = { family: { type: 'string' }, title: { type: 'string' }, outside: { type: 'string' } } as const;
  const { values, positionals } = parsed(() => parseArgs({ args: [...parameters], options, allowPositionals: true }));
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  const names = pluginNames(id, values);
  const { outside } = values;
  if (outside === undefined) {
    say(await makeInRepository(REPOSITORY, names));
    return;
  }
  // npm runs scripts in the repository; a relative path is meant from where the person stands.
  say(await makeOutside(resolve(process.env['INIT_CWD'] ?? process.cwd(), outside), names));
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Refused(`${(error as Error).message.split('\n')[0]}; ${USAGE}`, { cause: error });
  }
}

function say(made: readonly string[]): void {
  for (const path of made) process.stdout.write(`${path}\n`);
  process.stderr.write('What comes next is in docs/writing-a-plugin.md.\n');
}

try {
  await make(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = REFUSED;
}
