import type { ArchivedContent, ArchiveStore } from '@concord/core/archive/archive-store';

/** An archive on a disk that fills up: from a number of bytes on it takes no more, and says so as the system does. */
export class FullDisk implements ArchiveStore {
  /** Bytes of each next content that find room; null while there is room for all. */
  room: number | null = null;
  /** How often there was no room. */
  refused = 0;
  /** A fault that a test is shown to notice: what found no room is left out, and nobody is told. */
  hidesIt = false;

  constructor(private readonly inner: ArchiveStore) {}

  put(source: AsyncIterable<Uint8Array>): Promise<ArchivedContent> {
    return this.inner.put(this.room === null ? source : this.upTo(this.room, source));
  }

  open(hash: string): AsyncIterable<Uint8Array> {
    return this.inner.open(hash);
  }

  has(hash: string): Promise<boolean> {
    return this.inner.has(hash);
  }

  private async *upTo(room: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let left = room;
    for await (const chunk of source) {
      if (chunk.length > left) {
        if (left > 0) yield chunk.subarray(0, left);
        left = 0;
        if (!this.hidesIt) break;
        continue;
      }
      left -= chunk.length;
      yield chunk;
    }
    // Also when everything was written: the system may find out only when the file is put away.
    this.refused += 1;
    if (!this.hidesIt) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }
}
