import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Refused } from './names.ts';
import type { PluginNames } from './names.ts';
import { filled } from './template.ts';
import { writeWhole } from './write-files.ts';

/**
 * Makes an npm package of its own, which depends on the SDK and on nothing of this repository.
 *
 * @param folder absolute; made where it is missing, refused when anything is in it
 * @throws Refused when the folder is in use
 */
export async function makeOutside(folder: string, names: PluginNames): Promise<readonly string[]> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) throw new Refused(`${folder} is not empty`);
  const [plugin, own, docs] = await Promise.all([
    filled('plugin', names),
    filled('outside', names),
    filled('docs', names),
  ]);
  await writeWhole({
    root: folder,
    files: [
      // Jest is the repository's own.
      ...plugin.filter(({ path }) => !path.endsWith('.spec.ts')),
      ...own,
      ...docs.map(({ content }) => ({ path: 'README.md', content })),
    ],
    links: [],
    edits: [],
  });
  return [folder];
}
