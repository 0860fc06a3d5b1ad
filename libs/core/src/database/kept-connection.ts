import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';

/** A server that restarts is back within seconds; one that is gone for longer is a matter for whoever watches processes. */
const REGAIN_WITHIN_MS = 120_000;
const RETRY_MS = 200;

/** What the connection stood for belongs to somebody else by now: it must not be taken again. */
export class TakenByAnother extends Error {
  override readonly name = 'TakenByAnother';
}

export interface KeptConnectionOptions {
  /** What the connection is for, as the log names it. */
  readonly what: string;
  /** A client that is not connected yet. */
  readonly client: () => pg.Client;
  /**
   * Takes what the connection stands for, a lock above all.
   *
   * @param again whether it was held before by a connection that was lost
   * @throws TakenByAnother when that can't be anymore
   */
  readonly take: (client: pg.Client, again: boolean) => Promise<void>;
  readonly log: Logger;
}

/**
 * A connection that stands for something as long as it lives, such as this process's place among others. When it is lost, as with a
 * restart of the server, it is made again and what it stands for is taken again. Where that can't be, this process is asked to
 * stop: others may have begun its work.
 */
export class KeptConnection {
  private client: pg.Client | null = null;
  private closed = false;
  private regainedAt: number | null = null;

  constructor(private readonly options: KeptConnectionOptions) {}

  /** @throws whatever keeps it from being made for the first time */
  async open(): Promise<void> {
    this.client = await this.connect(false);
  }

  /** Null while it is lost. */
  get current(): pg.Client | null {
    return this.client;
  }

  /** Whether it stands, and has for so long: null stands for one that was never lost. */
  standsFor(ms: number): boolean {
    return this.client !== null && (this.regainedAt === null || performance.now() - this.regainedAt >= ms);
  }

  async close(): Promise<void> {
    this.closed = true;
    const { client } = this;
    this.client = null;
    await client?.end();
  }

  private async connect(again: boolean): Promise<pg.Client> {
    const client = this.options.client();
    client.on('error', (error) => this.lose(client, error));
    try {
      await client.connect();
      await this.options.take(client, again);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  private lose(client: pg.Client, { message }: Error): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    const { what, log } = this.options;
    log.error({ reason: message }, `the connection ${what} was lost: it is made again`);
    void this.regain();
  }

  private async regain(): Promise<void> {
    const { what, log } = this.options;
    const until = performance.now() + REGAIN_WITHIN_MS;
    while (!this.closed) {
      try {
        const client = await this.connect(true);
        if (this.closed) return await client.end();
        this.client = client;
        this.regainedAt = performance.now();
        log.warn(`the connection ${what} stands again`);
        return;
      } catch (error) {
        if (error instanceof TakenByAnother || performance.now() > until) {
          log.fatal({ reason: (error as Error).message }, `the connection ${what} can not be had again: stopping`);
          process.kill(process.pid, 'SIGTERM');
          return;
        }
      }
      await delay(RETRY_MS);
    }
  }
}
