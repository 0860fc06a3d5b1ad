import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSeq, parseDocument } from 'yaml';
import { Refused } from './names.ts';
import type { PluginNames } from './names.ts';
import { filled, formatted } from './template.ts';
import type { NewFile } from './template.ts';
import { writeWhole } from './write-files.ts';

const PARTNERS_FROM_TEMPLATE = '../../../../test/partners/';

/**
 * Makes a plugin of this repository: its package, its page, its simulated partner, and its line wherever packages and
 * plugins are listed.
 *
 * @returns what was made, for the person
 * @throws Refused when the id is taken
 */
export async function makeInRepository(repository: string, names: PluginNames): Promise<readonly string[]> {
  const { id } = names;
  const folder = `libs/plugins/${id}`;
  const partner = `test/partners/${id}`;
  const page = `docs/partners/${id}.md`;
  for (const taken of [folder, partner, page, `node_modules/@concord/plugin-${id}`]) {
    if (existsSync(join(repository, taken))) throw new Refused(`${id} is taken: ${taken} is there`);
  }
  const [plugin, own, simulator, docs] = await Promise.all([
    filled('plugin', names),
    filled('inside', names),
    filled('partner', names, [[PARTNERS_FROM_TEMPLATE, '../']]),
    filled('docs', names),
  ]);
  const packageFile = JSON.parse(contentOf(own, 'package.json')) as PackageFile;
  await writeWhole({
    root: repository,
    files: [
      // node:test is for packages that stand outside.
      ...plugin.filter(({ path }) => !path.endsWith('.test.ts')).map((file) => below(folder, file)),
      ...own.map((file) => below(folder, file)),
      ...simulator.map((file) => below(partner, file)),
      { path: page, content: contentOf(docs, 'partner.md') },
    ],
    links: [{ path: `node_modules/${packageFile.name}`, to: `../../${folder}` }],
    edits: [
      await withReference(repository, folder),
      await withPlugin(repository, packageFile.name),
      await withPackage(repository, 'package-lock.json', folder, packageFile),
      ...(existsSync(join(repository, INSTALLED))
        ? [await withPackage(repository, INSTALLED, folder, packageFile)]
        : []),
    ],
  });
  return [folder, partner, page, 'tsconfig.json', PLUGIN_LIST, 'package-lock.json'];
}

const PLUGIN_LIST = 'config/plugins.yaml';
/** npm's own list of what is installed, by which the setup sees whether it is what package-lock.json says. */
const INSTALLED = 'node_modules/.package-lock.json';

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: { readonly [name: string]: string };
}

function below(folder: string, { path, content }: NewFile): NewFile {
  return { path: `${folder}/${path}`, content };
}

function contentOf(files: readonly NewFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`the template has no ${path}`);
  return found.content;
}

/** TypeScript builds projects in the order of their references: plugins follow the SDK. */
async function withReference(repository: string, folder: string): Promise<NewFile> {
  const path = 'tsconfig.json';
  const project = JSON.parse(await readFile(join(repository, path), 'utf8')) as {
    readonly references: readonly { readonly path: string }[];
  };
  const at = project.references.findLastIndex((reference) => reference.path.startsWith('libs/plugins/')) + 1;
  const references = project.references.toSpliced(at, 0, { path: folder });
  return { path, content: await formatted(path, JSON.stringify({ ...project, references })) };
}

async function withPlugin(repository: string, name: string): Promise<NewFile> {
  const document = parseDocument(await readFile(join(repository, PLUGIN_LIST), 'utf8'));
  const list = document.get('plugins');
  if (!isSeq(list)) throw new Refused(`${PLUGIN_LIST} has no list of plugins`);
  list.add(name);
  return { path: PLUGIN_LIST, content: await formatted(PLUGIN_LIST, document.toString({ lineWidth: 0 })) };
}

/** As npm itself lists a workspace, so that `npm ci` installs what is there and nothing is asked of a network. */
async function withPackage(
  repository: string,
  path: string,
  folder: string,
  { name, version, license, dependencies }: PackageFile,
): Promise<NewFile> {
  const lock = JSON.parse(await readFile(join(repository, path), 'utf8')) as {
    readonly packages: { readonly [path: string]: unknown };
  };
  const described = inserted(Object.entries(lock.packages), folder, { name, version, license, dependencies });
  const packages = inserted(described, `node_modules/${name}`, { resolved: folder, link: true });
  return { path, content: `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n` };
}

/** Where npm would put it; everything else stays where npm has put that. */
function inserted(
  entries: readonly (readonly [string, unknown])[],
  key: string,
  value: unknown,
): readonly (readonly [string, unknown])[] {
  const at = entries.findIndex(([other]) => other.localeCompare(key, 'en') > 0);
  return entries.toSpliced(at === -1 ? entries.length : at, 0, [key, value]);
}
