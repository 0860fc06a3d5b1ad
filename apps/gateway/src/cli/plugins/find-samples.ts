import { dirname, extname, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a plugin's code comes from, as something that can be imported. */
export function pluginModule(source: string): string {
  return isAbsolute(source) ? pathToFileURL(source).href : source;
}

/**
 * Where a plugin's samples are: a package exports them as `./samples`, and beside a module that is named by its path stands
 * a module `samples` of the same kind.
 */
export function samplesModule(source: string): string {
  if (!isAbsolute(source)) return `${source}/samples`;
  return pathToFileURL(join(dirname(source), `samples${extname(source)}`)).href;
}

/** One sentence for a plugin whose samples can't be found or read. */
export function withoutSamples(source: string, error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  const where = isAbsolute(source) ? `beside ${source}` : `as ${source}/samples`;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
    return `It has no samples to be checked with: a module ${where} must export them by default.`;
  }
  return `Its samples ${where} can't be read: ${error instanceof Error ? error.message : String(error)}`;
}
