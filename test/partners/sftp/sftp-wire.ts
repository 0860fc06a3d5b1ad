import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import ssh2 from 'ssh2';
import type { Attributes, FileEntry } from 'ssh2';
import { log } from './log.ts';
import { hasCode } from './state-folder.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** No file of a partner is larger; a write far behind the end would only make an empty giant. */
const LARGEST_FILE = 256 * 1024 * 1024;

/** A refusal with its status, as the client sees it. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** For names that come without attributes. */
export const NO_ATTRIBUTES: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

/** The offset of a read or write, refused where the file would outgrow the partner. */
export function within(offset: number, length: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > LARGEST_FILE) {
    throw new Refusal(STATUS_CODE.FAILURE, 'File is too large');
  }
  return offset;
}

/** The operating system's open flags for the protocol's. Links are never followed. */
export function systemFlags(flags: number): number {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const writes = has(OPEN_MODE.WRITE) || has(OPEN_MODE.APPEND);
  return (
    (writes ? (has(OPEN_MODE.READ) ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY) |
    (has(OPEN_MODE.APPEND) ? constants.O_APPEND : 0) |
    (has(OPEN_MODE.CREAT) ? constants.O_CREAT : 0) |
    (has(OPEN_MODE.TRUNC) ? constants.O_TRUNC : 0) |
    (has(OPEN_MODE.EXCL) ? constants.O_EXCL : 0) |
    constants.O_NOFOLLOW
  );
}

/** What a client is told about a file or folder; times in seconds. */
export function attributes(stats: Stats): Attributes {
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  const { mode, size } = stats;
  return { mode, uid: 0, gid: 0, size, atime: seconds(stats.atimeMs), mtime: seconds(stats.mtimeMs) };
}

/** One name in a reply. */
export function entry(filename: string, longname: string, attrs: Attributes): FileEntry {
  return { filename, longname, attrs };
}

/** A line as `ls -l` prints it, from which some clients read the kind of an entry. */
export function listing(name: string, stats: Stats): string {
  const kind = stats.isDirectory() ? 'drwx------' : '-rw-------';
  return `${kind} 1 partner partner ${stats.size} Jan  1  2000 ${name}`;
}

/** The protocol's status for a failed request. Anything but the expected is logged. */
export function statusOf(error: Error): number {
  if (error instanceof Refusal) return error.status;
  if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return STATUS_CODE.NO_SUCH_FILE;
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'ELOOP'))
    return STATUS_CODE.PERMISSION_DENIED;
  log(`request failed: ${error.message}`);
  return STATUS_CODE.FAILURE;
}
