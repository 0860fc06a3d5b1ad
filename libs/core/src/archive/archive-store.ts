/** What was stored: the SHA-256 of the content (64 hex digits) by which it is found, and its length in bytes. */
export interface ArchivedContent {
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Keeps every file that went to or came from a partner, or came from a host system, by the hash of its content. Content is never changed and never
 * overwritten.
 */
export interface ArchiveStore {
  /** Stores the content durably before it resolves. Content that is already there is kept as it is. */
  put(source: AsyncIterable<Uint8Array>): Promise<ArchivedContent>;
  /**
   * Reads the content, verified piece by piece before it is handed out.
   * Throws {@link ArchiveMissingError} or {@link ArchiveDamagedError} while iterating.
   */
  open(hash: string): AsyncIterable<Uint8Array>;
  has(hash: string): Promise<boolean>;
}

/** The archive holds no content of this hash. */
export class ArchiveMissingError extends Error {
  override readonly name = 'ArchiveMissingError';
  readonly hash: string;

  constructor(hash: string) {
    super(`the archive holds nothing under ${hash}`);
    this.hash = hash;
  }
}

/** What stands under this hash was changed, cut, exchanged, or its key is no longer in the ring. */
export class ArchiveDamagedError extends Error {
  override readonly name = 'ArchiveDamagedError';
  readonly hash: string;

  constructor(hash: string, detail: string) {
    super(`archived content ${hash} is damaged: ${detail}`);
    this.hash = hash;
  }
}
