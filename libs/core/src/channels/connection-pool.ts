import type { SftpConnection } from './sftp-connection.js';

interface Idle {
  readonly connection: SftpConnection;
  readonly timer: NodeJS.Timeout;
}

/** A connection that is ours for one operation. */
export interface Lease {
  readonly connection: SftpConnection;
  /** Whether it served an operation before, so that the partner may have closed it since. */
  readonly reused: boolean;
}

/**
 * The connections to one partner: at most so many at once, each for one operation at a time. Who comes when all are taken
 * waits for its turn. A connection that is free stays open for a moment, because the next step of the same file mostly
 * follows at once and a login costs more than the step.
 */
export class ConnectionPool {
  readonly #open: () => Promise<SftpConnection>;
  readonly #limit: number;
  readonly #idleMs: number;
  readonly #waiting: ((handed: Lease | null) => void)[] = [];
  #idle: Idle[] = [];
  #taken = 0;
  #closed = false;

  constructor(open: () => Promise<SftpConnection>, limit: number, idleMs: number) {
    this.#open = open;
    this.#limit = limit;
    this.#idleMs = idleMs;
  }

  /** @throws ChannelError when a new connection is needed and can't be had */
  async take(): Promise<Lease> {
    if (this.#taken >= this.#limit) {
      const handed = await new Promise<Lease | null>((resolve) => this.#waiting.push(resolve));
      if (handed !== null) return handed;
    } else this.#taken++;
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined) break;
      clearTimeout(idle.timer);
      if (idle.connection.usable) return { connection: idle.connection, reused: true };
    }
    try {
      return { connection: await this.#open(), reused: false };
    } catch (error) {
      this.#next();
      throw error;
    }
  }

  /**
   * Gives a connection back.
   *
   * @param sound whether its operation ended as the protocol has it; otherwise it is cut. A lost one casts doubt on those
   * that are free as well: whoever looks what happened must not ask over a connection that broke with it.
   */
  give({ connection }: Lease, sound: boolean): void {
    if (!sound && !connection.usable) this.#cutIdle();
    if (sound && connection.usable && !this.#closed) {
      // From hand to hand: while anyone waits, no connection rests.
      const next = this.#waiting.shift();
      if (next !== undefined) return next({ connection, reused: true });
      this.#keep(connection);
    } else if (sound) void connection.farewell();
    else connection.cut();
    this.#next();
  }

  /** Ends the connections that are free, and the others when they are given back. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#idle;
    this.#idle = [];
    for (const { timer } of idle) clearTimeout(timer);
    await Promise.all(idle.map(({ connection }) => connection.farewell()));
  }

  #keep(connection: SftpConnection): void {
    connection.rest();
    const timer = setTimeout(() => {
      this.#idle = this.#idle.filter((idle) => idle.connection !== connection);
      void connection.farewell();
    }, this.#idleMs);
    timer.unref();
    this.#idle.push({ connection, timer });
  }

  #cutIdle(): void {
    for (const { connection, timer } of this.#idle) {
      clearTimeout(timer);
      connection.cut();
    }
    this.#idle = [];
  }

  /** The place goes to whoever waits longest. */
  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken--;
    else next(null);
  }
}
