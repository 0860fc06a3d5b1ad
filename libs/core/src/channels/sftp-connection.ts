import { connect, type Socket } from 'node:net';
import type { SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { Deadline, Interruption } from './deadline.js';
import { ChannelError, type ChannelStep } from './file-channel.js';
import { hostKeyFingerprint, type PinnedHostKeys } from './host-keys.js';

export interface SftpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly credential: { readonly password: string } | { readonly privateKey: string; readonly passphrase?: string };
}

/** How long a finished connection may take to say goodbye before it is cut. */
const FAREWELL_MS = 500;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const OPERATION_UNSUPPORTED = 8;

/**
 * One connection for one operation: after a reset, several operations on one connection can wait forever for each other.
 * A deadline or a lost connection rejects whatever is waited for, whether or not the SSH library notices.
 */
export class SftpConnection {
  readonly deadline: Deadline;
  readonly #step: ChannelStep;
  readonly #client: SftpClient;
  readonly #socket: Socket;
  readonly #interruption = new Interruption();
  #sftp: SFTPWrapper | undefined;
  /** Whether a lost reply leaves it open if the operation happened. */
  #uncertain = false;

  private constructor(endpoint: SftpEndpoint, step: ChannelStep, deadlineMs: number) {
    this.#step = step;
    const quiet = (): void => undefined;
    this.#client = new SftpClient('concord', { error: quiet, end: quiet, close: quiet });
    this.#socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
    this.#socket.once('error', (error: NodeJS.ErrnoException) =>
      this.interrupt(this.#cut(error.code ?? error.message)),
    );
    this.#socket.once('close', () => this.interrupt(this.#cut('the partner closed the connection')));
    this.deadline = new Deadline(deadlineMs, () => {
      this.interrupt(this.#cut(`no answer within ${deadlineMs} ms`));
      this.#socket.destroy();
    });
  }

  /** Connects, does one operation, and closes. Throws {@link ChannelError}, or what `work` itself throws. */
  static async during<T>(
    endpoint: SftpEndpoint,
    hostKeys: PinnedHostKeys,
    deadlineMs: number,
    step: ChannelStep,
    work: (connection: SftpConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await SftpConnection.open(endpoint, hostKeys, deadlineMs, step);
    try {
      const result = await work(connection);
      await connection.farewell();
      return result;
    } finally {
      connection.cut();
    }
  }

  static async open(
    endpoint: SftpEndpoint,
    hostKeys: PinnedHostKeys,
    deadlineMs: number,
    step: ChannelStep,
  ): Promise<SftpConnection> {
    const connection = new SftpConnection(endpoint, step, deadlineMs);
    try {
      await connection.#connect(endpoint, hostKeys, deadlineMs);
      return connection;
    } catch (error) {
      connection.cut();
      throw error;
    }
  }

  get sftp(): SFTPWrapper {
    if (this.#sftp === undefined) throw new Error('the connection is not open');
    return this.#sftp;
  }

  /** Waits for the partner, no longer than the deadline and the connection last. */
  wait<T>(work: Promise<T>): Promise<T> {
    return this.#interruption.within(work);
  }

  /** Ends every wait with this error. */
  interrupt(error: Error): void {
    this.#interruption.interrupt(error);
  }

  /** Asks one question of the SFTP protocol. A status of the server comes back as {@link SftpStatus}. */
  async ask<T>(question: (sftp: SFTPWrapper, answer: (error: unknown, value?: T) => void) => void): Promise<T> {
    return this.wait(
      new Promise<T>((resolve, reject) => {
        question(this.sftp, (error, value) => {
          if (error) reject(statusOf(error) ?? this.#cut((error as Error).message));
          else resolve(value as T);
        });
      }),
    );
  }

  /** From here on a lost reply means that the operation may have happened. */
  becomeUncertain(): void {
    this.#uncertain = true;
  }

  /** What to throw for something that went wrong while the partner was asked. */
  failure(error: unknown): ChannelError {
    if (error instanceof ChannelError) return error;
    const status = error instanceof SftpStatus ? error : statusOf(error);
    if (status === undefined) return this.#cut((error as Error).message);
    return new ChannelError(
      status.refuses ? 'refused' : 'retry',
      this.#step,
      `the partner answered: ${status.message}`,
    );
  }

  /** Says goodbye, so that the partner's log shows no broken connection. */
  async farewell(): Promise<void> {
    this.deadline.pause();
    if (this.#socket.destroyed) return;
    const said = new Promise<void>((resolve) =>
      this.#socket.once('finish', () => resolve()).once('close', () => resolve()),
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    this.#client.end().catch(() => undefined);
    await Promise.race([said, patience]);
    clearTimeout(timer);
  }

  cut(): void {
    this.deadline.pause();
    this.#socket.destroy();
  }

  async #connect(endpoint: SftpEndpoint, hostKeys: PinnedHostKeys, deadlineMs: number): Promise<void> {
    let presented: string | null = null;
    let unauthenticated = false;
    this.#client.on('error', (error: { level?: string }) => {
      if (error.level === 'client-authentication') unauthenticated = true;
    });
    const connecting = this.#client.connect({
      sock: this.#socket,
      username: endpoint.username,
      ...endpoint.credential,
      readyTimeout: deadlineMs,
      hostVerifier: (key: Buffer) => {
        const fingerprint = hostKeyFingerprint(key);
        if (hostKeys.accepts(fingerprint)) return true;
        presented = fingerprint;
        return false;
      },
    });
    try {
      this.#sftp = await this.wait(connecting);
    } catch (error) {
      // The socket may close before the library says why; give its reason a turn.
      await Promise.race([connecting.catch(() => undefined), new Promise((resolve) => setImmediate(resolve))]);
      if (presented !== null)
        throw new ChannelError('refused', 'connect', `the server's host key ${presented as string} is not pinned`);
      if (unauthenticated) throw new ChannelError('refused', 'connect', 'the partner refused our credentials');
      if (error instanceof ChannelError) throw new ChannelError('retry', 'connect', error.message);
      throw new ChannelError('retry', 'connect', (error as Error).message);
    }
  }

  #cut(message: string): ChannelError {
    return new ChannelError(this.#uncertain ? 'unknown' : 'retry', this.#step, message);
  }
}

/** A status other than success in an SFTP reply. */
export class SftpStatus extends Error {
  override readonly name = 'SftpStatus';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  get absent(): boolean {
    return this.code === NO_SUCH_FILE;
  }

  /** Other statuses (a full disk, a lock) may pass by themselves. */
  get refuses(): boolean {
    return this.code === NO_SUCH_FILE || this.code === PERMISSION_DENIED || this.code === OPERATION_UNSUPPORTED;
  }
}

function statusOf(error: unknown): SftpStatus | undefined {
  const { code, message } = error as { code?: unknown; message?: string };
  return typeof code === 'number' ? new SftpStatus(code, message ?? `status ${code}`) : undefined;
}
