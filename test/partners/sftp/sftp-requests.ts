import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import ssh2 from 'ssh2';
import type { FileEntry, SFTPWrapper } from 'ssh2';
import { isFinalName } from './arrivals.ts';
import type { FaultSwitches } from './faults.ts';
import { diskPath, virtualPath } from './home-paths.ts';
import { log } from './log.ts';
import type { Reception } from './reception.ts';
import { attributes, entry, listing, NO_ATTRIBUTES, Refusal, statusOf, systemFlags, within } from './sftp-wire.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

const LARGEST_READ = 256 * 1024;
const MOST_HANDLES = 256;
const ENTRIES_A_REPLY = 100;

interface OpenFile {
  readonly file: FileHandle;
  readonly path: string;
  /** Opened for writing under a final name in the inbox: complete when it is closed. */
  readonly arrives: boolean;
}

/** Directory entries not yet told. */
type OpenDirectory = FileEntry[];

/** Who asks, and what it can reach. */
export interface SftpClient {
  readonly user: string;
  readonly home: string;
  readonly reception: Reception;
  readonly faults: FaultSwitches;
  /** Cuts the connection without a word. */
  readonly hangUp: () => void;
}

/**
 * Answers the SFTP version 3 requests of one connection, in the order in which they came. What is not offered (links,
 * extensions, removing folders) is answered "unsupported" by the library.
 */
export class SftpRequests {
  private readonly sftp: SFTPWrapper;
  private readonly client: SftpClient;
  private readonly handles = new Map<number, OpenFile | OpenDirectory>();
  private nextHandle = 1;
  private contentBytes = 0;
  private ended = false;
  private queue: Promise<void> = Promise.resolve();

  constructor(sftp: SFTPWrapper, client: SftpClient) {
    this.sftp = sftp;
    this.client = client;
    sftp.on('OPEN', (id, name, flags) => this.serve(id, () => this.openFile(id, name, flags)));
    sftp.on('READ', (id, handle, offset, length) => this.serve(id, () => this.read(id, handle, offset, length)));
    sftp.on('WRITE', (id, handle, offset, data) => {
      // The library may use the packet's memory again before the request's turn comes.
      const bytes = Buffer.from(data);
      this.serve(id, () => this.write(id, handle, offset, bytes));
    });
    sftp.on('CLOSE', (id, handle) => this.serve(id, () => this.close(id, handle)));
    sftp.on('STAT', (id, path) => this.serve(id, () => this.stat(id, path)));
    sftp.on('LSTAT', (id, path) => this.serve(id, () => this.stat(id, path)));
    sftp.on('FSTAT', (id, handle) =>
      this.serve(id, async () => sftp.attrs(id, attributes(await this.fileOf(handle).file.stat()))),
    );
    sftp.on('SETSTAT', (id) => this.serve(id, () => this.done(id)));
    sftp.on('FSETSTAT', (id) => this.serve(id, () => this.done(id)));
    sftp.on('OPENDIR', (id, path) => this.serve(id, () => this.openDirectory(id, path)));
    sftp.on('READDIR', (id, handle) => this.serve(id, () => this.readDirectory(id, handle)));
    sftp.on('REALPATH', (id, path) =>
      this.serve(id, () => sftp.name(id, [entry(this.virtual(path), this.virtual(path), NO_ATTRIBUTES)])),
    );
    sftp.on('RENAME', (id, from, to) => this.serve(id, () => this.rename(id, from, to)));
    sftp.on('REMOVE', (id, path) => this.serve(id, () => this.remove(id, path)));
    sftp.on('MKDIR', (id, path) => this.serve(id, () => this.makeDirectory(id, path)));
    sftp.on('error', (error: unknown) => log(`${client.user}: ${String(error)}`));
  }

  /** The connection is gone: files that were not closed stay incomplete. */
  end(): void {
    this.ended = true;
    this.queue = this.queue.then(async () => {
      for (const handle of this.handles.values()) if (!Array.isArray(handle)) await handle.file.close();
      this.handles.clear();
    });
  }

  private serve(id: number, request: () => Promise<void> | void): void {
    this.queue = this.queue.then(async () => {
      if (this.ended) return;
      try {
        await request();
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (!this.ended) this.sftp.status(id, statusOf(error), error instanceof Refusal ? error.message : '');
      }
    });
  }

  private async openFile(id: number, name: string, flags: number): Promise<void> {
    if (this.handles.size >= MOST_HANDLES) throw new Refusal(STATUS_CODE.FAILURE, 'Too many open handles');
    const path = this.virtual(name);
    const writes = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
    const final = inboxName(path);
    const arrives = writes && final !== undefined && isFinalName(final);
    const disk = this.disk(path);
    if (statSync(disk, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new Refusal(STATUS_CODE.FAILURE, 'Is a folder');
    if (arrives) this.client.reception.unfinished(this.client.user, final, true);
    try {
      const file = await open(disk, systemFlags(flags), 0o600);
      this.sftp.handle(id, this.keep({ file, path, arrives }));
    } catch (error) {
      if (arrives) this.client.reception.unfinished(this.client.user, final, false);
      throw error;
    }
  }

  private async read(id: number, handle: Buffer, offset: number, length: number): Promise<void> {
    const { file } = this.fileOf(handle);
    const buffer = Buffer.alloc(Math.min(length, LARGEST_READ));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, within(offset, 0));
    if (this.cutAt(bytesRead) !== undefined) return this.hangUp();
    if (bytesRead === 0) this.sftp.status(id, STATUS_CODE.EOF);
    else this.sftp.data(id, buffer.subarray(0, bytesRead));
  }

  private async write(id: number, handle: Buffer, offset: number, data: Buffer): Promise<void> {
    const { file } = this.fileOf(handle);
    const position = within(offset, data.length);
    const cut = this.cutAt(data.length);
    const bytes = cut === undefined ? data : data.subarray(0, cut);
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
      written += bytesWritten;
    }
    if (cut === undefined) this.done(id);
    else this.hangUp();
  }

  private async close(id: number, handle: Buffer): Promise<void> {
    const key = keyOf(handle);
    const opened = this.opened(key);
    this.handles.delete(key);
    if (!Array.isArray(opened)) {
      await opened.file.close();
      const name = inboxName(opened.path);
      // Renamed or removed while it was open: then nothing arrives under this name.
      if (opened.arrives && name !== undefined && this.isFile(opened.path)) {
        await this.client.reception.complete(this.client.user, name);
      }
    }
    this.done(id);
  }

  private stat(id: number, name: string): void {
    const stats = statSync(this.disk(this.virtual(name)));
    const told = attributes(stats);
    if (stats.isFile() && stats.size > 0 && this.client.faults.take('wrongSize')) told.size -= 1;
    this.sftp.attrs(id, told);
  }

  private openDirectory(id: number, name: string): void {
    if (this.handles.size >= MOST_HANDLES) throw new Refusal(STATUS_CODE.FAILURE, 'Too many open handles');
    const path = this.virtual(name);
    const entries = readdirSync(this.disk(path)).flatMap((child) => {
      const disk = diskPath(this.client.home, posix.join(path, child));
      // Gone since the folder was read, or a link: not shown.
      const stats = disk === undefined ? undefined : statSync(disk, { throwIfNoEntry: false });
      return stats === undefined ? [] : [entry(child, listing(child, stats), attributes(stats))];
    });
    this.sftp.handle(id, this.keep(entries));
  }

  private readDirectory(id: number, handle: Buffer): void {
    const entries = this.opened(keyOf(handle));
    if (!Array.isArray(entries)) throw new Refusal(STATUS_CODE.FAILURE, 'Not a folder');
    const next = entries.splice(0, ENTRIES_A_REPLY);
    if (next.length === 0) this.sftp.status(id, STATUS_CODE.EOF);
    else this.sftp.name(id, next);
  }

  /** As version 3 of the protocol has it, an existing target is an error. Folders are not moved. */
  private async rename(id: number, from: string, to: string): Promise<void> {
    const [source, target] = [this.virtual(from), this.virtual(to)];
    const [diskSource, diskTarget] = [this.disk(source), this.disk(target)];
    if (!statSync(diskSource).isFile()) throw new Refusal(STATUS_CODE.FAILURE, 'Only files are renamed');
    if (statSync(diskTarget, { throwIfNoEntry: false }) !== undefined) {
      throw new Refusal(STATUS_CODE.FAILURE, 'Target exists');
    }
    renameSync(diskSource, diskTarget);
    this.forget(source);
    const name = inboxName(target);
    if (name !== undefined && isFinalName(name)) {
      await this.client.reception.complete(this.client.user, name);
      if (this.client.faults.take('dropAfterRename')) return this.hangUp();
    }
    this.done(id);
  }

  private remove(id: number, name: string): void {
    const path = this.virtual(name);
    const disk = this.disk(path);
    if (statSync(disk).isDirectory()) throw new Refusal(STATUS_CODE.FAILURE, 'Is a folder');
    rmSync(disk);
    this.forget(path);
    this.done(id);
  }

  private makeDirectory(id: number, name: string): void {
    mkdirSync(this.disk(this.virtual(name)), { mode: 0o700 });
    this.done(id);
  }

  /** A name that is no longer there can't be unfinished. */
  private forget(path: string): void {
    const name = inboxName(path);
    if (name !== undefined) this.client.reception.unfinished(this.client.user, name, false);
  }

  private virtual(name: string): string {
    const path = virtualPath(name);
    if (path === undefined) throw new Refusal(STATUS_CODE.PERMISSION_DENIED, 'Name is not allowed');
    return path;
  }

  private disk(path: string): string {
    const disk = diskPath(this.client.home, path);
    if (disk === undefined) throw new Refusal(STATUS_CODE.PERMISSION_DENIED, 'Outside of the home folder');
    return disk;
  }

  private isFile(path: string): boolean {
    return statSync(this.disk(path), { throwIfNoEntry: false })?.isFile() === true;
  }

  private keep(opened: OpenFile | OpenDirectory): Buffer {
    const key = this.nextHandle++;
    this.handles.set(key, opened);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(key);
    return handle;
  }

  private opened(key: number): OpenFile | OpenDirectory {
    const opened = this.handles.get(key);
    if (opened === undefined) throw new Refusal(STATUS_CODE.FAILURE, 'No such handle');
    return opened;
  }

  private fileOf(handle: Buffer): OpenFile {
    const opened = this.opened(keyOf(handle));
    if (Array.isArray(opened)) throw new Refusal(STATUS_CODE.FAILURE, 'Not a file');
    return opened;
  }

  /** Counts content bytes; a number says that the connection dies now, that many bytes into this piece. */
  private cutAt(bytes: number): number | undefined {
    const limit = this.client.faults.now().dropConnectionAfterBytes;
    const before = this.contentBytes;
    this.contentBytes += bytes;
    if (limit === undefined || this.contentBytes < limit) return undefined;
    return this.client.faults.take('dropConnectionAfterBytes') ? Math.max(0, limit - before) : undefined;
  }

  private hangUp(): void {
    this.ended = true;
    this.client.hangUp();
  }

  private done(id: number): void {
    this.sftp.status(id, STATUS_CODE.OK);
  }
}

/** The file's name where the path lies directly in the inbox. */
function inboxName(path: string): string | undefined {
  return posix.dirname(path) === '/inbox' ? posix.basename(path) : undefined;
}

function keyOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}
