import { hostname } from 'node:os';
import pg from 'pg';
import type { Logger } from 'pino';
import { CLOCK_LOCK, NOTICE_LOSS, PROCESS_LOCK } from './process-lock.js';

const ANSWERS_WITHIN_MS = 5_000;

/**
 * This process among those that share the connectors' work. It holds a lock of the database by which the others see that it lives;
 * when the connection that holds it is lost, they take its work over, and so it must end.
 */
export class LiveProcess {
  private connection: { readonly client: pg.Client; readonly id: number } | null = null;
  private byTheClock = false;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  /** @returns the process's number */
  async register(): Promise<number> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'concord_process',
      options: `-c role=concord_connectors -c TimeZone=UTC ${NOTICE_LOSS}`,
      keepAlive: true,
    });
    client.on('error', (error) => {
      if (this.connection === null) return;
      this.log.fatal({ reason: error.message }, 'the connection by which others see this process was lost: stopping');
      process.kill(process.pid, 'SIGTERM');
    });
    try {
      await client.connect();
      const id = await takeNumber(client);
      this.connection = { client, id };
      return id;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  get id(): number {
    if (!this.connection) throw new Error('this process was not registered');
    return this.connection.id;
  }

  /** Whether this process is the one that acts when dates come by themselves. It stays the one until it ends. */
  async actsByTheClock(): Promise<boolean> {
    if (!this.connection) return false;
    if (!this.byTheClock) {
      const { rows } = await this.connection.client.query<{ locked: boolean }>(
        'select pg_try_advisory_lock($1, $2) as locked',
        [PROCESS_LOCK, CLOCK_LOCK],
      );
      this.byTheClock = rows[0]!.locked;
    }
    return this.byTheClock;
  }

  /** Whether the connection still answers, and soon: one whose other end hangs says nothing at all. */
  async answers(): Promise<boolean> {
    if (!this.connection) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS)));
    const answered = this.connection.client.query('select 1').then(
      () => true,
      () => false,
    );
    const answers = await Promise.race([answered, late]);
    clearTimeout(timer);
    return answers;
  }

  async leave(): Promise<void> {
    if (!this.connection) return;
    const { client, id } = this.connection;
    this.connection = null;
    await client.query('delete from exchange.process where id = $1', [id]).catch(() => undefined);
    await client.end();
  }
}

async function takeNumber(client: pg.Client): Promise<number> {
  const numbered = await client.query<{ id: number }>(`select nextval('exchange.process_id_seq')::integer as id`);
  const { id } = numbered.rows[0]!;
  // The lock first: a row without one is a process that has died.
  await client.query('select pg_advisory_lock($1, $2)', [PROCESS_LOCK, id]);
  await client.query(
    `insert into exchange.process (id, host, pid, started_at) overriding system value values ($1, $2, $3, now())`,
    [id, hostname(), process.pid],
  );
  return id;
}
