import type { Socket } from 'node:net';
import type { Algorithms as SshAlgorithms, SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import type { AddressPolicy } from './address-policy.js';
import type { Algorithms } from './algorithms.js';
import { Deadline, Interruption } from './deadline.js';
import { ChannelError, type ChannelStep } from './file-channel.js';
import { hostKeyFingerprint, type PinnedHostKeys } from './host-keys.js';
import { connectTo, partnerAddresses, type Resolve } from './partner-address.js';

export type Credential = { readonly password: string } | { readonly privateKey: string; readonly passphrase?: string };

/** Where a partner is reached, as whom, and what is trusted on the way. */
export interface SftpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential;
  readonly hostKeys: PinnedHostKeys;
  readonly addresses: AddressPolicy;
  readonly algorithms: Algorithms;
  /** Time an operation may take; for transfers and listings, time that may pass without progress. */
  readonly deadlineMs: number;
  readonly resolve?: Resolve | undefined;
}

/** How long a finished connection may take to say goodbye before it is cut. */
const FAREWELL_MS = 500;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const OPERATION_UNSUPPORTED = 8;

/**
 * One login at a partner, for one operation at a time: after a reset, several operations on one connection can wait forever
 * for each other. A deadline or a lost connection rejects whatever is waited for, whether or not the SSH library notices,
 * and ends the connection for good.
 */
export class SftpConnection {
  readonly deadline: Deadline;
  readonly #client: SftpClient;
  readonly #interruption = new Interruption();
  #socket: Socket | undefined;
  #sftp: SFTPWrapper | undefined;
  #step: ChannelStep = 'connect';
  /** Whether a lost reply leaves it open if the operation happened. */
  #uncertain = false;
  #lost = false;
  #gathering = false;
  #answered = false;

  private constructor(deadlineMs: number) {
    const quiet = (): void => undefined;
    this.#client = new SftpClient('concord', { error: quiet, end: quiet, close: quiet });
    this.deadline = new Deadline(deadlineMs, () => {
      // Not a lost connection that another may make up for: the time is up.
      this.#answered = true;
      this.interrupt(this.#cut(`no answer within ${deadlineMs} ms`));
      this.#socket?.destroy();
    });
  }

  /**
   * Looks the host up, connects, proves whose server it is, and logs in, all within one deadline.
   *
   * @param seen told the fingerprint of the host key that the server presents, before it is judged
   */
  static async open(endpoint: SftpEndpoint, seen?: (fingerprint: string) => void): Promise<SftpConnection> {
    const connection = new SftpConnection(endpoint.deadlineMs);
    try {
      const addresses = await connection.wait(partnerAddresses(endpoint.host, endpoint.addresses, endpoint.resolve));
      await connection.#connect(connectTo(addresses, endpoint.port), endpoint, seen);
      connection.rest();
      return connection;
    } catch (error) {
      connection.cut();
      throw error;
    }
  }

  /** An operation begins: it has its own deadline, and says where it failed. */
  begin(step: ChannelStep): void {
    this.#step = step;
    this.#uncertain = false;
    this.#answered = false;
    this.#socket?.ref();
    this.deadline.renew();
  }

  /** Nothing is asked of the partner now; the process may end meanwhile. */
  rest(): void {
    this.deadline.pause();
    this.#socket?.unref();
  }

  /** Whether another operation can use it, as far as is known on this side. */
  get usable(): boolean {
    return !this.#lost;
  }

  /** Whether it was gone before the operation under way had any effect: another connection may do it instead. */
  get goneBefore(): boolean {
    return this.#lost && !this.#answered && !this.#uncertain;
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
    this.#lost = true;
    this.#interruption.interrupt(error);
  }

  /**
   * Asks one question of the SFTP protocol. A status of the server comes back as {@link SftpStatus}. Questions that are asked
   * in one go leave in one piece.
   */
  ask<T>(question: (sftp: SFTPWrapper, answer: (error: unknown, value?: T) => void) => void): Promise<T> {
    this.#gather();
    return this.#interruption.during<T>((resolve, reject) =>
      question(this.sftp, (error, value) => {
        const status = error ? statusOf(error) : undefined;
        if (!error || status !== undefined) this.#answered = true;
        if (error) reject(status ?? this.#cut((error as Error).message));
        else resolve(value as T);
      }),
    );
  }

  /** Holds what is sent back until everything that is asked now has been asked. */
  #gather(): void {
    const socket = this.#socket;
    if (socket === undefined || this.#gathering) return;
    this.#gathering = true;
    socket.cork();
    process.nextTick(() => {
      this.#gathering = false;
      socket.uncork();
    });
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
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    this.#lost = true;
    const said = new Promise<void>((resolve) => socket.once('finish', () => resolve()).once('close', () => resolve()));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    this.#client.end().catch(() => undefined);
    await Promise.race([said, patience]);
    clearTimeout(timer);
    this.cut();
  }

  cut(): void {
    this.#lost = true;
    this.deadline.pause();
    this.#socket?.destroy();
  }

  async #connect(socket: Socket, endpoint: SftpEndpoint, seen?: (fingerprint: string) => void): Promise<void> {
    this.#socket = socket;
    socket.once('error', (error: NodeJS.ErrnoException) => this.interrupt(this.#cut(error.code ?? error.message)));
    socket.once('close', () => this.interrupt(this.#cut('the partner closed the connection')));
    let presented: string | null = null;
    let unauthenticated = false;
    this.#client.on('error', (error: { level?: string }) => {
      if (error.level === 'client-authentication') unauthenticated = true;
    });
    const connecting = this.#client.connect({
      sock: socket,
      username: endpoint.username,
      ...endpoint.credential,
      algorithms: offered(endpoint.algorithms),
      readyTimeout: endpoint.deadlineMs,
      hostVerifier: (key: Buffer) => {
        const fingerprint = hostKeyFingerprint(key);
        seen?.(fingerprint);
        if (endpoint.hostKeys.accepts(fingerprint)) return true;
        presented = fingerprint;
        return false;
      },
    });
    try {
      this.#sftp = await this.wait(connecting);
    } catch (error) {
      // The socket may close before the library says why; give its reason a turn.
      const reason = await Promise.race([
        connecting.then(
          () => null,
          (failure: unknown) => (failure as Error).message,
        ),
        new Promise<null>((resolve) => setImmediate(() => resolve(null))),
      ]);
      if (presented !== null)
        throw new ChannelError('refused', 'connect', `the server's host key ${presented as string} is not pinned`);
      if (unauthenticated) throw new ChannelError('refused', 'connect', 'the partner refused our credentials');
      const [disagreement] = /no matching [a-z→ -]+/i.exec(reason ?? (error as Error).message) ?? [];
      if (disagreement !== undefined) {
        throw new ChannelError(
          'refused',
          'connect',
          `the partner's server and the connector share none: ${disagreement}`,
        );
      }
      const unusable = unusableCredential(reason);
      if (unusable !== null) throw new ChannelError('refused', 'connect', unusable);
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
  return typeof code === 'number' ? withoutStack(() => new SftpStatus(code, message ?? `status ${code}`)) : undefined;
}

/** A status is an answer and no fault of the program: to find out where it arose would cost more than the question did. */
function withoutStack<T>(make: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** The library's form of what is offered; kinds that are not named keep its defaults. */
function offered(algorithms: Algorithms): SshAlgorithms {
  const named = Object.entries(algorithms).filter(([, names]) => names !== undefined);
  // The names were checked against the library's when the settings were read.
  return Object.fromEntries(named);
}

/** Our own key can't be read, for which no partner is to blame and which no later attempt mends. */
function unusableCredential(reason: string | null): string | null {
  return reason !== null && /privateKey|passphrase/i.test(reason) ? 'our private key can not be used' : null;
}
