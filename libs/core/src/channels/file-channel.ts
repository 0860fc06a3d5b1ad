/** A regular file in a partner's folder. The name is the partner's: show it, match it, but never use it as a local path. */
export interface RemoteFile {
  readonly name: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** An entry that is left alone because its name is unsafe. The name is shown with its control characters replaced. */
export interface SkippedEntry {
  readonly shownName: string;
  readonly reason: string;
}

export interface RemoteListing {
  readonly files: readonly RemoteFile[];
  readonly skipped: readonly SkippedEntry[];
}

/** A file that was written at a partner, in bytes. */
export interface Upload {
  readonly bytes: number;
  readonly held: number | null;
}

/**
 * Where files are exchanged with a partner. Paths are the partner's, with `/` between folders.
 * Every operation may throw {@link ChannelError}.
 */
export interface FileChannel {
  list(folder: string): Promise<RemoteListing>;
  /**
   * Writes a file, replacing what has that name. The source is opened only once the partner is connected.
   *
   * @returns how many bytes were written, and the size that the partner told of the file when it had confirmed them all, null
   * when it has no such file
   */
  upload(source: () => AsyncIterable<Uint8Array>, folder: string, temporaryName: string): Promise<Upload>;
  /** Size in bytes, or null when there is no such file. */
  size(path: string): Promise<number | null>;
  /** The sizes of several, in their order, asked for in one go. */
  sizes(paths: readonly string[]): Promise<(number | null)[]>;
  /** Fails with `unknown` when the reply was lost: the file may have either name. */
  rename(from: string, to: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  download(folder: string, name: string): AsyncIterable<Uint8Array>;
  /** Fails with `unknown` when the reply was lost. A file that is not there counts as removed. */
  remove(path: string): Promise<void>;
}

export type ChannelStep = 'connect' | 'list' | 'upload' | 'verify' | 'size' | 'rename' | 'download' | 'remove';

/**
 * Why a channel operation did not succeed.
 *
 * - `retry`: nothing has changed at the partner that matters; trying again later is right.
 * - `refused`: the partner, or our own check of it, said no; trying again changes nothing, a person must look.
 * - `unknown`: the reply was lost; the operation may have happened. Look before doing it again.
 */
export interface ChannelFailure {
  readonly kind: 'retry' | 'refused' | 'unknown';
  readonly step: ChannelStep;
  readonly message: string;
}

export class ChannelError extends Error implements ChannelFailure {
  override readonly name = 'ChannelError';
  readonly kind: ChannelFailure['kind'];
  readonly step: ChannelStep;

  constructor(kind: ChannelFailure['kind'], step: ChannelStep, message: string) {
    super(message);
    this.kind = kind;
    this.step = step;
  }
}

export function remotePath(folder: string, name: string): string {
  if (folder === '' || folder === '.') return name;
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
