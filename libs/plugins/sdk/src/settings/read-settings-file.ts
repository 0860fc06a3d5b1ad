import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';

/**
 * Reads a YAML file of settings. Wherever a value is `{ $file: path }`, the YAML file at that path (relative to the file
 * that names it) takes its place, so that a partner's mapping can stand in a file of its own.
 *
 * @throws Error naming the file when it is missing, is not YAML, or includes itself.
 */
export async function readSettingsFile(file: URL | string): Promise<unknown> {
  return read(typeof file === 'string' ? pathToFileURL(file) : file, []);
}

async function read(file: URL, including: readonly string[]): Promise<unknown> {
  if (including.includes(file.href)) throw new Error(`${file.pathname} includes itself`);
  let parsed: unknown;
  try {
    parsed = parse(await readFile(file, 'utf8'), { prettyErrors: true, maxAliasCount: 100 });
  } catch (error) {
    throw new Error(`${file.pathname}: ${(error as Error).message}`, { cause: error });
  }
  return resolve(parsed, file, [...including, file.href]);
}

async function resolve(value: unknown, base: URL, including: readonly string[]): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolve(item, base, including)));
  if (value === null || typeof value !== 'object') return value;
  const included = (value as { $file?: unknown }).$file;
  if (typeof included === 'string') return read(new URL(included, base), including);
  const entries = Object.entries(value).map(
    async ([key, item]) => [key, await resolve(item, base, including)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
