import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
/** Our own packages: links into the copy, not into the original. */
const OURS = '@concord';

/**
 * A copy of the repository as it stands, what is not committed included, with what is built. Packages are the original's,
 * by links; ours are the copy's own, so that a change in the copy stays there.
 */
export class RepositoryCopy {
  /** Others may pass through, because the database server runs as another user than root. */
  private readonly folder = mkdtempSync(join(tmpdir(), 'concord-copy-'));
  readonly root = join(this.folder, 'concord');

  constructor() {
    chmodSync(this.folder, 0o711);
    for (const path of [...this.sources(), ...this.built()]) {
      const to = join(this.root, path);
      mkdirSync(dirname(to), { recursive: true });
      // Times are kept: by them the compiler sees that what is built is built from this.
      cpSync(join(REPOSITORY, path), to, { recursive: true, preserveTimestamps: true });
    }
    for (const path of ['apps', 'libs', 'libs/plugins'].flatMap(folders)) this.linkPackages(`${path}/node_modules`);
    this.linkPackages('node_modules');
  }

  /** A folder beside the copy, made where it is missing. */
  beside(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true, mode: 0o711 });
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private sources(): readonly string[] {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    // A folder of packages that is a link is no folder to those who ignore folders.
    const isSource = (path: string): boolean => path !== '' && !path.split('/').includes('node_modules');
    return listed.split('\0').filter((path) => isSource(path) && existsSync(join(REPOSITORY, path)));
  }

  private built(): readonly string[] {
    return ['apps', 'libs', 'libs/plugins']
      .flatMap(folders)
      .map((path) => `${path}/dist`)
      .filter((path) => existsSync(join(REPOSITORY, path)));
  }

  private linkPackages(path: string): void {
    const from = join(REPOSITORY, path);
    if (!existsSync(from)) return;
    const to = join(this.root, path);
    mkdirSync(join(to, OURS), { recursive: true });
    for (const name of readdirSync(from)) {
      if (name === OURS || name === '.cache') continue;
      // npm's list of what is installed is changed by what is added here.
      if (name.endsWith('.json')) cpSync(join(from, name), join(to, name));
      else symlinkSync(join(from, name), join(to, name));
    }
    if (!existsSync(join(from, OURS))) return;
    // Links of ours are relative, so that in the copy they lead into the copy.
    for (const name of readdirSync(join(from, OURS))) {
      symlinkSync(readlinkSync(join(from, OURS, name)), join(to, OURS, name));
    }
  }
}

function folders(path: string): readonly string[] {
  return readdirSync(join(REPOSITORY, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`);
}
