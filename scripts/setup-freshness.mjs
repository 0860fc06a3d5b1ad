import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What was set up last: the lock file whose packages are installed, and the sources that are built.
 *
 * @typedef {{ packages: string | null, sources: string | null }} Stamp
 */

const STAMP = 'node_modules/.concord-setup';

/** @returns {Stamp} */
export function readStamp(repository) {
  try {
    const { packages = null, sources = null } = JSON.parse(readFileSync(join(repository, STAMP), 'utf8'));
    return { packages, sources };
  } catch {
    return { packages: null, sources: null };
  }
}

/** @param {Stamp} stamp */
export function writeStamp(repository, stamp) {
  writeFileSync(join(repository, STAMP), `${JSON.stringify(stamp)}\n`);
}

/** Identifies what package-lock.json asks for. */
export function packagesFingerprint(repository) {
  return createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether the installed packages are the ones that package-lock.json names. Somebody may have run npm by hand, which
 * leaves no stamp of ours but a list of its own. Optional packages of other platforms are not expected.
 */
export function packagesInstalled(repository) {
  const list = (path) => JSON.parse(readFileSync(join(repository, path), 'utf8')).packages ?? {};
  let installed;
  try {
    installed = list('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  return Object.entries(list('package-lock.json')).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
    return found.version === wanted.version;
  });
}

/** Identifies the sources that a build reads, by name, size and time of change: reading them all would take too long. */
export function sourcesFingerprint(repository) {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(repository, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(repository, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== 'dist') walk(path);
      } else if (isBuildInput(entry.name)) {
        add(path);
      }
    }
  };
  readdirSync(repository).filter(isBuildInput).sort().forEach(add);
  ['libs', 'apps'].forEach(walk);
  return hash.digest('hex');
}

function isBuildInput(name) {
  if (name.endsWith('.spec.ts')) return false;
  return name.endsWith('.ts') || name === 'package.json' || /^tsconfig.*\.json$/.test(name);
}

/** Whether every project that the root tsconfig.json names has been built at all. */
export function buildPresent(repository) {
  const { references } = JSON.parse(readFileSync(join(repository, 'tsconfig.json'), 'utf8'));
  return references.every(({ path }) => existsSync(join(repository, path, 'dist/.tsbuildinfo')));
}
