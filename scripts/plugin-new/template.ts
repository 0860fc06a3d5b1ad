import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { PluginNames } from './names.ts';

/** A file to be written: path relative to where the new thing goes. */
export interface NewFile {
  readonly path: string;
  readonly content: string;
}

const TEMPLATE = join(import.meta.dirname, 'template');
/** Laid out by hand, or a partner's byte for byte. */
const AS_IT_IS = /(?:^|\/)fixtures\/|\.md$/;

/** What the template is called, to be replaced; a plugin by these names would be a valid one. */
const PLACEHOLDER: PluginNames = { id: 'new-partner', family: 'new-family', title: 'New partner' };

/**
 * The files of one folder of the template under new names, formatted as the repository is.
 *
 * @param part folder of the template
 * @param moved texts that are others where the files go, as paths of imports
 */
export async function filled(
  part: 'plugin' | 'inside' | 'outside' | 'partner' | 'docs',
  names: PluginNames,
  moved: readonly (readonly [from: string, to: string])[] = [],
): Promise<readonly NewFile[]> {
  const folder = join(TEMPLATE, part);
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return Promise.all(
    paths.map(async (path): Promise<NewFile> => {
      const text = [...replacements(names), ...moved].reduce(
        (sofar, [from, to]) => sofar.replaceAll(from, to),
        await readFile(join(folder, path), 'utf8'),
      );
      return { path: path.replaceAll('\\', '/'), content: AS_IT_IS.test(path) ? text : await formatted(path, text) };
    }),
  );
}

/** Text as the repository's formatter leaves it. */
export async function formatted(path: string, text: string): Promise<string> {
  const options = await resolveConfig(join(TEMPLATE, path), { editorconfig: true });
  return format(text, { ...options, filepath: path });
}

function replacements({ id, family, title }: PluginNames): readonly (readonly [string, string])[] {
  return [
    [PLACEHOLDER.id, id],
    [PLACEHOLDER.family, family],
    [PLACEHOLDER.title, title],
  ];
}
