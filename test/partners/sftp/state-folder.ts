import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** User names become folder names below the state folder, so only these are accepted. */
const USER_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function isUserName(text: string): boolean {
  return USER_NAME.test(text);
}

/** Where everything of one simulated partner lies on disk. All paths are below one folder that only its owner enters. */
export class StateFolder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
    mkdirSync(root, { recursive: true, mode: 0o700 });
  }

  path(name: 'host-key' | 'port' | 'accounts.json' | 'faults.json'): string {
    return join(this.root, name);
  }

  /** What the account's owner sees as `/`. */
  home(user: string): string {
    return join(this.root, 'accounts', user);
  }

  inbox(user: string): string {
    return join(this.home(user), 'inbox');
  }

  outbox(user: string): string {
    return join(this.home(user), 'outbox');
  }

  books(user: string): string {
    return join(this.root, 'books', `${user}.json`);
  }

  /** Raw bytes of every complete file, named by arrival number; nothing else is in there. */
  receivedCopies(user: string): string {
    return join(this.root, 'received', user);
  }

  /** One line per judged arrival, for whoever checks from outside. */
  receivedLog(user: string): string {
    return join(this.root, 'received', `${user}.jsonl`);
  }

  /** The partner's own memory of arrivals, from which it carries on after a kill. */
  arrivals(user: string): string {
    return join(this.root, 'arrivals', user);
  }

  /** Makes the folders of one account. May be called again at any time. */
  prepareAccount(user: string): void {
    for (const folder of [
      this.inbox(user),
      this.outbox(user),
      join(this.root, 'books'),
      this.receivedCopies(user),
      this.arrivals(user),
    ]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
  }
}

/** Replaces a file in one step: whoever reads it, and whoever starts after a kill, sees the old or the new, never a part. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.writing`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, path);
}

/** The parsed JSON of a file, or undefined where the file does not exist. Malformed JSON throws. */
export function readJson(path: string): unknown {
  const text = readTextIfThere(path);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
