import type { FileEntryWithStats, Stats } from 'ssh2';
import { AddressPolicy } from './address-policy.js';
import type { Algorithms } from './algorithms.js';
import { ConnectionPool, type Lease } from './connection-pool.js';
import {
  remotePath,
  ChannelError,
  type ChannelStep,
  type FileChannel,
  type RemoteFile,
  type RemoteListing,
  type SkippedEntry,
  type Upload,
} from './file-channel.js';
import { PinnedHostKeys } from './host-keys.js';
import type { Resolve } from './partner-address.js';
import { judgeEntry, mayBeRegular, toldSize } from './remote-entry.js';
import { showName, unsafeNameReason } from './remote-name.js';
import { SftpConnection, SftpStatus, type Credential, type SftpEndpoint } from './sftp-connection.js';
import { closeHandle, readAll, writeConfirmed } from './transfer.js';

export interface SftpSettings {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential;
  /** `SHA256:` fingerprints of the server's accepted host keys; at least one. */
  readonly hostKeys: readonly string[];
  /** Addresses and ranges that the host may have; undefined: any public address. */
  readonly allowedAddresses?: readonly string[] | undefined;
  readonly algorithms?: Algorithms | undefined;
  /** Time an operation may take; for transfers and listings, time that may pass without progress. Default 60,000 ms. */
  readonly deadlineMs?: number | undefined;
  /** Most connections at once. Default 4. */
  readonly connections?: number | undefined;
  /** How long a connection without work stays open. Default 2,000 ms. */
  readonly idleMs?: number | undefined;
  /** Finds the addresses of the host. Default: as the system does. */
  readonly resolve?: Resolve | undefined;
}

export const DEFAULT_CONNECTIONS = 4;
const DEFAULT_DEADLINE_MS = 60_000;
const DEFAULT_IDLE_MS = 2_000;
/** Partners' folders hold dozens of files; a listing beyond this is an accident or an attack on our memory. */
const MAX_LISTED = 100_000;
const END_OF_LISTING = 1;
const OPERATION_UNSUPPORTED = 8;

/**
 * SFTP with a partner, over several connections with one operation at a time on each. Operations may be asked for in any
 * number at once; those that find no connection free wait for their turn, and their deadline begins with it. A connection on
 * which anything failed is not used again.
 *
 * Questions go to the protocol layer itself, because the convenience layer takes the general failure status for a missing
 * file: a partner with a passing trouble would then look as if it had collected the file.
 */
export class SftpChannel implements FileChannel {
  readonly #pool: ConnectionPool;

  /** @throws Error when no host key is pinned, or a key or an address is not one */
  constructor(settings: SftpSettings) {
    const endpoint = endpointOf(settings);
    this.#pool = new ConnectionPool(
      () => SftpConnection.open(endpoint),
      settings.connections ?? DEFAULT_CONNECTIONS,
      settings.idleMs ?? DEFAULT_IDLE_MS,
    );
  }

  /** Ends the connections that have no work now, and the others with their operation. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  list(folder: string): Promise<RemoteListing> {
    return this.#operation('list', async (connection) => {
      const files: RemoteFile[] = [];
      const skipped: SkippedEntry[] = [];
      for await (const entry of readEntries(connection, folder === '' ? '.' : folder)) {
        const found = judgeEntry(entry);
        if (found === null) continue;
        if ('reason' in found) skipped.push(found);
        else files.push(found);
      }
      return { files, skipped };
    });
  }

  async upload(source: () => AsyncIterable<Uint8Array>, folder: string, temporaryName: string): Promise<Upload> {
    const path = remotePath(folder, safeName('upload', temporaryName));
    return this.#operation('upload', async (connection) => {
      // The file's mode is the partner's to set: none is asked for.
      const handle = await connection.ask<Buffer>((sftp, answer) => sftp.open(path, 'w', answer));
      const bytes = await writeConfirmed(connection, handle, source());
      return { bytes, held: await closedSize(connection, handle, path, bytes) };
    });
  }

  async size(path: string): Promise<number | null> {
    const [size] = await this.sizes([path]);
    return size!;
  }

  sizes(paths: readonly string[]): Promise<(number | null)[]> {
    return this.#operation('size', (connection) => Promise.all(paths.map((path) => sizeOf(connection, path))));
  }

  async exists(path: string): Promise<boolean> {
    return (await this.size(path)) !== null;
  }

  /** The protocol's plain rename, which every server offers. It may replace an existing file or refuse: look before. */
  rename(from: string, to: string): Promise<void> {
    return this.#operation('rename', async (connection) => {
      connection.becomeUncertain();
      try {
        await connection.ask<void>((sftp, answer) => sftp.rename(from, to, answer));
      } catch (error) {
        // A status is an answer: the partner did not rename.
        if (error instanceof SftpStatus)
          throw new ChannelError('refused', 'rename', `the partner answered: ${error.message}`);
        throw error;
      }
    });
  }

  async *download(folder: string, name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const path = remotePath(folder, safeName('download', name));
    const { lease, before, handle } = await this.#begin('download', async (connection) => {
      const before = await regularFile(connection, path);
      return { before, handle: await connection.ask<Buffer>((sftp, answer) => sftp.open(path, 'r', answer)) };
    });
    const { connection } = lease;
    let sound = false;
    try {
      let bytes = 0;
      for await (const piece of readAll(connection, handle)) {
        bytes += piece.length;
        yield piece;
      }
      connection.deadline.renew();
      await closeHandle(connection, handle);
      const after = await regularFile(connection, path);
      if (bytes !== toldSize(before) || bytes !== toldSize(after) || before.mtime !== after.mtime) {
        throw new ChannelError('retry', 'download', 'the file changed while it was read: the partner still writes it');
      }
      sound = true;
    } catch (error) {
      throw connection.failure(error);
    } finally {
      this.#pool.give(lease, sound);
    }
  }

  remove(path: string): Promise<void> {
    return this.#operation('remove', async (connection) => {
      connection.becomeUncertain();
      await absentAsNull(connection.ask<void>((sftp, answer) => sftp.unlink(path, answer)));
    });
  }

  async #operation<T>(step: ChannelStep, work: (connection: SftpConnection) => Promise<T>): Promise<T> {
    const { lease, ...result } = await this.#begin(step, async (connection) => ({ value: await work(connection) }));
    this.#pool.give(lease, true);
    return result.value;
  }

  /** Takes a connection and does the work. When it succeeds the connection is still ours. */
  async #begin<T extends object>(
    step: ChannelStep,
    work: (connection: SftpConnection) => Promise<T>,
  ): Promise<T & { readonly lease: Lease }> {
    for (;;) {
      const lease = await this.#pool.take();
      const { connection, reused } = lease;
      try {
        connection.begin(step);
        return { ...(await work(connection)), lease };
      } catch (error) {
        // The partner may end a connection while it rests. What was asked over it then never arrived.
        const again = reused && connection.goneBefore;
        this.#pool.give(lease, false);
        if (!again) throw error instanceof SftpStatus ? connection.failure(error) : error;
      }
    }
  }
}

/** What a connection needs to know of settings. @throws Error when they can't be used */
export function endpointOf(settings: SftpSettings): SftpEndpoint {
  const { host, port, username, credential, algorithms = {}, deadlineMs = DEFAULT_DEADLINE_MS, resolve } = settings;
  return {
    ...{ host, port, username, credential, algorithms, deadlineMs, resolve },
    hostKeys: new PinnedHostKeys(settings.hostKeys),
    addresses: new AddressPolicy(settings.allowedAddresses),
  };
}

/** Entries as the partner gives them, a reply at a time: only what is wanted of them is kept. */
async function* readEntries(connection: SftpConnection, folder: string): AsyncGenerator<FileEntryWithStats> {
  const handle = await connection.ask<Buffer>((sftp, answer) => sftp.opendir(folder, answer));
  for (let entries = 0, replies = 0; ; replies++) {
    connection.deadline.renew();
    const reply = await connection
      .ask<FileEntryWithStats[]>((sftp, answer) => sftp.readdir(handle, answer))
      .catch((error: unknown) => {
        if (error instanceof SftpStatus && error.code === END_OF_LISTING) return null;
        throw error;
      });
    if (reply === null) break;
    entries += reply.filter(({ filename }) => filename !== '.' && filename !== '..').length;
    // Replies without entries would renew the deadline for ever.
    if (entries > MAX_LISTED || replies > MAX_LISTED)
      throw new ChannelError('refused', 'list', `the folder lists more than ${MAX_LISTED} entries`);
    yield* reply;
  }
  await closeHandle(connection, handle);
}

/**
 * What a path is before it is opened: a pipe in its place would keep us waiting, a link would lead out of the folder.
 *
 * @throws ChannelError `refused` when it is no regular file
 */
async function regularFile(connection: SftpConnection, path: string): Promise<Stats> {
  const stats = await connection
    .ask<Stats>((sftp, answer) => sftp.lstat(path, answer))
    .catch((error: unknown) => {
      if (!(error instanceof SftpStatus && error.code === OPERATION_UNSUPPORTED)) throw error;
      return connection.ask<Stats>((sftp, answer) => sftp.stat(path, answer));
    });
  if (mayBeRegular(stats)) return stats;
  throw new ChannelError('refused', 'download', 'it is a link, a pipe, a folder or a device, and no file');
}

async function sizeOf(connection: SftpConnection, path: string): Promise<number | null> {
  const stats = await absentAsNull(connection.ask<Stats>((sftp, answer) => sftp.stat(path, answer)));
  if (stats === null) return null;
  const size = toldSize(stats);
  // Null would say that the file is gone.
  if (size === null) throw new ChannelError('refused', 'size', 'the partner does not tell the size of a file');
  return size;
}

/**
 * Closes a file whose bytes are all confirmed, and asks for its size in the same breath. Only the size that it should have is
 * taken from there: some servers tell it once the file is closed, and are asked again.
 */
async function closedSize(
  connection: SftpConnection,
  handle: Buffer,
  path: string,
  written: number,
): Promise<number | null> {
  const closed = closeHandle(connection, handle);
  const told = sizeOf(connection, path).catch((error: unknown) => {
    if (error instanceof SftpStatus) return null;
    throw error;
  });
  const [size] = await Promise.all([told, closed]);
  return size === written ? size : sizeOf(connection, path);
}

async function absentAsNull<T>(question: Promise<T>): Promise<T | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof SftpStatus && error.absent) return null;
    throw error;
  }
}

function safeName(step: ChannelStep, name: string): string {
  const reason = unsafeNameReason(name);
  if (reason !== null)
    throw new ChannelError('refused', step, `file name ${JSON.stringify(showName(name))}: ${reason}`);
  return name;
}
