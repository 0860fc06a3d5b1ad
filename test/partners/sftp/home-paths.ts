import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Room is left for the endings that a partner appends. */
const NAME_BYTES = 200;

/**
 * The path as the account's owner sees it: absolute, `.` and `..` resolved, never above `/`. Undefined for names that are
 * refused as they are: with control characters or backslashes, too long, or not text.
 */
export function virtualPath(requested: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\\\ufffd]/.test(requested)) return undefined;
  const path = posix.normalize(`/${requested}`).replace(/(?<=.)\/$/, '');
  return path.split('/').every((name) => Buffer.byteLength(name) <= NAME_BYTES) ? path : undefined;
}

/**
 * Where a virtual path lies on disk, or undefined where that would be outside the home or behind a symbolic link. No
 * request can make a link; this holds even if someone puts one there.
 */
export function diskPath(home: string, virtual: string): string | undefined {
  const path = join(home, virtual);
  if (virtual === '/') return path;
  const root = realpathSync(home);
  let parent: string;
  try {
    parent = realpathSync(dirname(path));
  } catch {
    // The parent does not exist: nothing can be reached there, and the request fails by itself.
    return path;
  }
  if (parent !== dirname(join(root, virtual))) return undefined;
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? undefined : path;
}
