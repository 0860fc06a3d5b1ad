import type { FileEntryWithStats, Stats, WriteStreamOptions } from 'ssh2';
import {
  remotePath,
  ChannelError,
  type ChannelStep,
  type FileChannel,
  type RemoteFile,
  type RemoteListing,
  type SkippedEntry,
} from './file-channel.js';
import { PinnedHostKeys } from './host-keys.js';
import { showName, unsafeNameReason } from './remote-name.js';
import { SftpConnection, SftpStatus, type SftpEndpoint } from './sftp-connection.js';

export interface SftpSettings extends SftpEndpoint {
  /** `SHA256:` fingerprints of the server's accepted host keys; at least one. */
  readonly hostKeys: readonly string[];
  /** Time an operation may take; for transfers, time that may pass without a byte moving. Default 60,000 ms. */
  readonly deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 60_000;
/** Partners' folders hold dozens of files; a listing beyond this is an accident or an attack on our memory. */
const MAX_LISTED = 100_000;
const END_OF_LISTING = 1;
/** Written ahead of the partner's replies, so that a distant partner does not make us wait for each block. */
const WRITES_IN_FLIGHT_BYTES = 512 * 1024;

/**
 * SFTP with a partner, one connection for each operation.
 *
 * Questions go to the protocol layer itself, because the convenience layer takes the general failure status for a missing
 * file: a partner with a passing trouble would then look as if it had collected the file.
 */
export class SftpChannel implements FileChannel {
  readonly #settings: SftpSettings;
  readonly #hostKeys: PinnedHostKeys;
  readonly #deadlineMs: number;

  /** @throws Error when no host key is pinned, or one is not a fingerprint. */
  constructor(settings: SftpSettings) {
    this.#hostKeys = new PinnedHostKeys(settings.hostKeys);
    this.#settings = settings;
    this.#deadlineMs = settings.deadlineMs ?? DEFAULT_DEADLINE_MS;
  }

  list(folder: string): Promise<RemoteListing> {
    return this.#operation('list', async (connection) => {
      const files: RemoteFile[] = [];
      const skipped: SkippedEntry[] = [];
      for (const entry of await readEntries(connection, folder === '' ? '.' : folder)) {
        if (entry.filename === '.' || entry.filename === '..') continue;
        // Servers that tell no mode tell no type either; most files are regular.
        if (entry.attrs.mode !== undefined && entry.attrs.mode !== 0 && !entry.attrs.isFile()) continue;
        const reason = unsafeNameReason(entry.filename);
        if (reason !== null) skipped.push({ shownName: showName(entry.filename), reason });
        else
          files.push({ name: entry.filename, size: entry.attrs.size, modifiedAt: new Date(entry.attrs.mtime * 1000) });
      }
      return { files, skipped };
    });
  }

  async upload(
    source: () => AsyncIterable<Uint8Array>,
    folder: string,
    temporaryName: string,
  ): Promise<{ bytes: number }> {
    const path = remotePath(folder, safeName('upload', temporaryName));
    return this.#operation('upload', async (connection) => {
      // Opened here and not by the stream, which would also change the file's mode: that is the partner's to set.
      const handle = await connection.ask<Buffer>((sftp, answer) => sftp.open(path, 'w', answer));
      const options: WriteStreamOptions = { handle, highWaterMark: WRITES_IN_FLIGHT_BYTES };
      const stream = connection.sftp.createWriteStream(path, options);
      stream.on('error', (error: Error) => connection.interrupt(connection.failure(error)));
      const moved = (event: 'drain' | 'close'): Promise<void> =>
        connection.wait(new Promise((resolve) => stream.once(event, () => resolve())));
      let bytes = 0;
      connection.deadline.pause();
      for await (const chunk of source()) {
        connection.deadline.renew();
        bytes += chunk.length;
        if (!stream.write(chunk)) await moved('drain');
        connection.deadline.pause();
      }
      connection.deadline.renew();
      const closed = moved('close');
      stream.end();
      await closed;
      return { bytes };
    });
  }

  async size(path: string): Promise<number | null> {
    return (await this.#stat(path))?.size ?? null;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.#stat(path)) !== null;
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
    const connection = await SftpConnection.open(this.#settings, this.#hostKeys, this.#deadlineMs, 'download');
    try {
      const stream = connection.sftp.createReadStream(path);
      // The iterator reports what fails while reading; a failing close afterwards loses nothing.
      stream.on('error', () => undefined);
      const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      for (;;) {
        connection.deadline.renew();
        const next = await connection
          .wait(chunks.next())
          .catch((error: unknown) => Promise.reject(connection.failure(error)));
        // While we work on the chunk the partner owes nothing.
        connection.deadline.pause();
        if (next.done === true) break;
        yield next.value;
      }
      await connection.farewell();
    } finally {
      connection.cut();
    }
  }

  remove(path: string): Promise<void> {
    return this.#operation('remove', async (connection) => {
      connection.becomeUncertain();
      try {
        await connection.ask<void>((sftp, answer) => sftp.unlink(path, answer));
      } catch (error) {
        if (!(error instanceof SftpStatus && error.absent)) throw error;
      }
    });
  }

  #stat(path: string): Promise<Stats | null> {
    return this.#operation('size', async (connection) => {
      try {
        return await connection.ask<Stats>((sftp, answer) => sftp.stat(path, answer));
      } catch (error) {
        if (error instanceof SftpStatus && error.absent) return null;
        throw error;
      }
    });
  }

  #operation<T>(step: ChannelStep, work: (connection: SftpConnection) => Promise<T>): Promise<T> {
    return SftpConnection.during(this.#settings, this.#hostKeys, this.#deadlineMs, step, async (connection) => {
      try {
        return await work(connection);
      } catch (error) {
        throw error instanceof SftpStatus ? connection.failure(error) : error;
      }
    });
  }
}

async function readEntries(connection: SftpConnection, folder: string): Promise<FileEntryWithStats[]> {
  const handle = await connection.ask<Buffer>((sftp, answer) => sftp.opendir(folder, answer));
  const entries: FileEntryWithStats[] = [];
  for (;;) {
    try {
      entries.push(...(await connection.ask<FileEntryWithStats[]>((sftp, answer) => sftp.readdir(handle, answer))));
    } catch (error) {
      if (error instanceof SftpStatus && error.code === END_OF_LISTING) return entries;
      throw error;
    }
    if (entries.length > MAX_LISTED)
      throw new ChannelError('refused', 'list', `the folder lists more than ${MAX_LISTED} entries`);
  }
}

function safeName(step: ChannelStep, name: string): string {
  const reason = unsafeNameReason(name);
  if (reason !== null)
    throw new ChannelError('refused', step, `file name ${JSON.stringify(showName(name))}: ${reason}`);
  return name;
}
