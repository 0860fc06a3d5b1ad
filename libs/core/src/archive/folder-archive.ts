import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyRing } from '../crypto/key-ring.js';
import { ArchiveDamagedError, ArchiveMissingError, type ArchivedContent, type ArchiveStore } from './archive-store.js';
import { MAX_HEADER_BYTES, Opener, Sealer, SEGMENT_BYTES, TAG_BYTES } from './sealed-stream.js';

const DRAFT_FOLDER = 'drafts';
/** A draft untouched for this long belongs to a process that died: a living one writes every few milliseconds. */
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

/**
 * Encrypted archive in a folder: content of hash `abcdef...` stands in `ab/cdef...`. Memory use does not depend on the
 * size of the content. Several processes may use one folder.
 */
export class FolderArchive implements ArchiveStore {
  readonly #folder: string;
  readonly #keys: KeyRing;

  private constructor(folder: string, keys: KeyRing) {
    this.#folder = folder;
    this.#keys = keys;
  }

  /** Makes the folder where it is missing, for its owner alone, and removes the drafts that a crash left in it more than an hour ago. */
  static async attach(folder: string, keys: KeyRing): Promise<FolderArchive> {
    const drafts = join(folder, DRAFT_FOLDER);
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    await mkdir(drafts, { recursive: true, mode: 0o700 });
    for (const name of await readdir(drafts)) {
      if (!name.endsWith('.tmp')) continue;
      const found = await stat(join(drafts, name)).catch(() => null);
      if (found !== null && Date.now() - found.mtimeMs > LEFTOVER_AGE_MS) await rm(join(drafts, name), { force: true });
    }
    return new FolderArchive(folder, keys);
  }

  async put(source: AsyncIterable<Uint8Array>): Promise<ArchivedContent> {
    const draft = join(this.#folder, DRAFT_FOLDER, `${randomUUID()}.tmp`);
    try {
      const content = await this.#write(draft, source);
      if (!(await this.has(content.hash))) await this.#file(draft, this.#path(content.hash));
      return content;
    } finally {
      await rm(draft, { force: true });
    }
  }

  async *open(hash: string): AsyncGenerator<Uint8Array, void, undefined> {
    let handle: FileHandle;
    try {
      handle = await open(this.#path(hash), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ArchiveMissingError(hash);
      throw error;
    }
    try {
      yield* this.#read(handle, hash);
    } finally {
      await handle.close();
    }
  }

  async has(hash: string): Promise<boolean> {
    try {
      return (await stat(this.#path(hash))).isFile();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  async #write(draft: string, source: AsyncIterable<Uint8Array>): Promise<ArchivedContent> {
    const handle = await open(draft, 'wx', 0o600);
    try {
      const sealer = new Sealer(this.#keys);
      const digest = createHash('sha256');
      const segment = Buffer.allocUnsafe(SEGMENT_BYTES);
      let filled = 0;
      let bytes = 0;
      await handle.writeFile(sealer.header);
      for await (const chunk of source) {
        digest.update(chunk);
        bytes += chunk.length;
        for (let from = 0; from < chunk.length;) {
          // A full segment is written only when more follows it: the last one must be known as the last.
          if (filled === SEGMENT_BYTES) {
            await handle.writeFile(sealer.seal(segment, false));
            filled = 0;
          }
          const part = chunk.subarray(from, from + SEGMENT_BYTES - filled);
          segment.set(part, filled);
          filled += part.length;
          from += part.length;
        }
      }
      await handle.writeFile(sealer.seal(segment.subarray(0, filled), true));
      const hash = digest.digest('hex');
      const binding = sealer.binding(hash);
      await handle.write(binding, 0, binding.length, sealer.bindingOffset);
      await handle.sync();
      return { hash, bytes };
    } finally {
      await handle.close();
    }
  }

  /** Moves a finished draft to its name. The folders are synced too, or a power cut could forget the name. */
  async #file(draft: string, path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(draft, path);
    await syncFolder(dirname(path));
    await syncFolder(this.#folder);
  }

  async *#read(handle: FileHandle, hash: string): AsyncGenerator<Uint8Array, void, undefined> {
    const { size } = await handle.stat();
    const start = await readFully(handle, 0, Math.min(MAX_HEADER_BYTES, size));
    const opener = Opener.read(start, hash, this.#keys);
    if ('damage' in opener) throw new ArchiveDamagedError(hash, opener.damage);
    let position = opener.headerLength;
    for (let segment = 1, last = false; !last; segment++) {
      const length = Math.min(SEGMENT_BYTES + TAG_BYTES, size - position);
      last = position + length === size;
      const sealed = await readFully(handle, position, length);
      const plaintext = sealed.length < TAG_BYTES || sealed.length < length ? null : opener.open(sealed, last);
      if (plaintext === null) throw new ArchiveDamagedError(hash, `segment ${segment} does not verify`);
      position += length;
      if (plaintext.length > 0) yield plaintext;
    }
  }

  /** @throws RangeError when the hash is not 64 lower-case hex digits: nothing else may become a path. */
  #path(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(`not a content hash: ${JSON.stringify(hash.slice(0, 80))}`);
    return join(this.#folder, hash.slice(0, 2), hash.slice(2));
  }
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders for syncing; its file system journals names itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
