import type { FileEntryWithStats, Stats } from 'ssh2';
import type { RemoteFile, SkippedEntry } from './file-channel.js';
import { showName, unsafeNameReason } from './remote-name.js';

const TYPE_BITS = 0o170000;
const REGULAR = 0o100000;
/** What a listing for people begins with for all that is not a regular file, as `ls -l` has it. */
const OTHER_TYPE = /^[bcdlps][-rwxsStT]{9}/;

/** What an entry of a partner's folder is to us: a file, one to leave alone and report, or null for what is no file. */
export function judgeEntry({ filename, longname, attrs }: FileEntryWithStats): RemoteFile | SkippedEntry | null {
  if (filename === '.' || filename === '..' || !mayBeRegular(attrs)) return null;
  if (fileType(attrs) === null && OTHER_TYPE.test(longname)) return null;
  const reason = unsafeNameReason(filename) ?? (toldSize(attrs) === null ? 'its size is not told' : null);
  if (reason !== null) return { shownName: showName(filename), reason };
  // Left undefined by servers that tell no times, whatever its type says.
  return { name: filename, size: attrs.size, modifiedAt: new Date((attrs.mtime ?? 0) * 1000) };
}

/** Links, pipes, folders and devices are no files. Servers that tell no type tell nothing; most files are regular. */
export function mayBeRegular(attrs: Stats): boolean {
  const type = fileType(attrs);
  return type === null || type === REGULAR;
}

/** Size in bytes, or null where the server does not tell it. */
export function toldSize(attrs: Stats): number | null {
  const size: number | undefined = attrs.size;
  return size !== undefined && Number.isSafeInteger(size) && size >= 0 ? size : null;
}

/** Some servers send permissions alone, some not even these. */
function fileType(attrs: Stats): number | null {
  const type = ((attrs.mode as number | undefined) ?? 0) & TYPE_BITS;
  return type === 0 ? null : type;
}
