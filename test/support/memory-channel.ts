import { ChannelError, remotePath } from '@concord/core/channels/file-channel';
import { showName, unsafeNameReason } from '@concord/core/channels/remote-name';
import type { FileChannel, RemoteListing, Upload } from '@concord/core/channels/file-channel';

/** A partner's folders without a network. Files are by their path, as `folder/name`. */
export class MemoryChannel implements FileChannel {
  readonly files = new Map<string, Buffer>();
  /** When files were written, by their path, as the partner's server would say; the beginning of 1970 where nothing stands here. */
  readonly modified = new Map<string, Date>();
  /** How often each operation was asked for. */
  readonly asked: Record<string, number> = {};
  /** Fails the next operations of these names, one for each time that a name stands here. */
  readonly failNext: string[] = [];

  async list(folder: string): Promise<RemoteListing> {
    this.ask('list');
    const inFolder = [...this.files]
      .filter(([path]) => path.startsWith(remotePath(folder, '')))
      .map(([path, bytes]) => ({
        name: path.slice(remotePath(folder, '').length),
        size: bytes.length,
        modifiedAt: this.modified.get(path) ?? new Date(0),
      }))
      // What lies in folders below is listed there.
      .filter(({ name }) => !name.includes('/'));
    const skipped = inFolder.flatMap(({ name }) => {
      const reason = unsafeNameReason(name);
      return reason === null ? [] : [{ shownName: showName(name), reason }];
    });
    return { files: inFolder.filter(({ name }) => unsafeNameReason(name) === null), skipped };
  }

  async upload(source: () => AsyncIterable<Uint8Array>, folder: string, name: string): Promise<Upload> {
    this.ask('upload');
    const chunks: Uint8Array[] = [];
    for await (const chunk of source()) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    this.files.set(remotePath(folder, name), bytes);
    return { bytes: bytes.length, held: await this.size(remotePath(folder, name)) };
  }

  async size(path: string): Promise<number | null> {
    this.ask('size');
    return this.files.get(path)?.length ?? null;
  }

  async sizes(paths: readonly string[]): Promise<(number | null)[]> {
    return Promise.all(paths.map((path) => this.size(path)));
  }

  async rename(from: string, to: string): Promise<void> {
    this.ask('rename');
    const bytes = this.files.get(from);
    if (!bytes || this.files.has(to)) throw new ChannelError('refused', 'rename', `${from} can't become ${to}`);
    this.files.delete(from);
    this.files.set(to, bytes);
  }

  async exists(path: string): Promise<boolean> {
    return this.files.has(path);
  }

  async *download(folder: string, name: string): AsyncGenerator<Uint8Array> {
    this.ask('download');
    const bytes = this.files.get(remotePath(folder, name));
    if (!bytes) throw new ChannelError('refused', 'download', `there is no ${name}`);
    yield bytes;
  }

  async remove(path: string): Promise<void> {
    this.ask('remove');
    this.files.delete(path);
  }

  private ask(operation: string): void {
    this.asked[operation] = (this.asked[operation] ?? 0) + 1;
    const at = this.failNext.indexOf(operation);
    if (at === -1) return;
    this.failNext.splice(at, 1);
    throw new ChannelError('retry', 'connect', `${operation} was made to fail`);
  }
}
