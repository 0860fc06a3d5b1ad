import { createHash, timingSafeEqual } from 'node:crypto';
import { isObject, isUserName, readJson } from './state-folder.ts';

/** Names and passwords as whoever launched the partner wrote them. Read anew at each use: an account may appear later. */
export class Accounts {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  users(): readonly string[] {
    return Object.keys(this.read()).filter(isUserName);
  }

  /** Whether this user exists and this is the password. */
  admits(user: string, password: string): boolean {
    if (!isUserName(user)) return false;
    const all = this.read();
    const account = Object.hasOwn(all, user) ? all[user] : undefined;
    if (!isObject(account) || typeof account.password !== 'string') return false;
    return timingSafeEqual(digest(account.password), digest(password));
  }

  private read(): { readonly [user: string]: unknown } {
    try {
      const value = readJson(this.path);
      return isObject(value) ? value : {};
    } catch {
      return {};
    }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
