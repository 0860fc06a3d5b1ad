import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let known: Promise<string> | undefined;

/**
 * A hash of the code that judges, as this process runs it: what a rule says can change while all that it is described by stays
 * the same. Another hash need not mean another verdict. Read once: files that are replaced under a process are not what it runs.
 */
export function codeOfRules(): Promise<string> {
  return (known ??= hashOfCode(fileURLToPath(new URL('../rules/domain', import.meta.url))));
}

/** Over the modules below a folder, by their paths in it; tests are none. */
export async function hashOfCode(folder: string): Promise<string> {
  const extension = extname(fileURLToPath(import.meta.url));
  const names = await readdir(folder, { recursive: true });
  const hash = createHash('sha256');
  for (const name of names.filter((each) => isModule(each, extension)).sort()) {
    hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex');
}

function isModule(name: string, extension: string): boolean {
  return name.endsWith(extension) && !['.spec', '.d'].some((kind) => name.endsWith(`${kind}${extension}`));
}
