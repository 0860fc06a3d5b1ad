/**
 * Writes the AsyncAPI document of Concord's events, from the catalogue:
 *
 *     npm run asyncapi [-- --release]
 *
 * With --release also keeps the events' schemas as those of the version that package.json names. Later versions of the
 * catalogue are compared with them; a release that was kept before is not overwritten.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { asyncApiDocument } from '@concord/core/events/documents/asyncapi';
import { allEventSchemas } from '@concord/core/events/documents/event-schemas';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';

const REPOSITORY = join(import.meta.dirname, '../..');
const DOCUMENT = join(REPOSITORY, 'docs/events/asyncapi.yaml');
const HEADING = '# Written by `npm run asyncapi` from the catalogue of events. Changes belong there.\n';

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { release: { type: 'boolean', default: false } } });
  const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
  // Aliases would save lines and cost readers who look at one event.
  const yaml = stringify(asyncApiDocument(manifest.version), { aliasDuplicateObjects: false, lineWidth: 0 });
  await write(DOCUMENT, HEADING + yaml);
  if (!values.release) return 0;
  const released = join(REPOSITORY, `docs/events/released/${manifest.version}.json`);
  if (existsSync(released)) {
    console.error(`${relative(REPOSITORY, released)} is there already: a release does not change`);
    return 1;
  }
  await write(released, JSON.stringify({ version: manifest.version, events: allEventSchemas() }));
  return 0;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  console.log(relative(REPOSITORY, file));
}

process.exitCode = await main();
