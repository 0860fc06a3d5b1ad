import { hostname } from 'node:os';
import pg from 'pg';
import type { Logger } from 'pino';
import { KeptConnection, TakenByAnother } from '../database/kept-connection.js';
import { CLOCK_LOCK, NOTICE_LOSS, PROCESS_LOCK } from './process-lock.js';

const ANSWERS_WITHIN_MS = 5_000;
const CONNECT_WITHIN_MS = 10_000;

/** Others that lost their connections at the same time, as with a restart of the server, are given time to come back. */
const OTHERS_BACK_WITHIN_MS = 10_000;

/**
 * This process among those that share the connectors' work. It holds a lock of the database by which the others see that it lives.
 * When the connection that holds it is lost it is made again, unless the others have taken its work over meanwhile: then it must end.
 */
export class LiveProcess {
  private connection: KeptConnection | null = null;
  private number: number | null = null;
  /** The connection that got the clock's lock, which goes with it. */
  private asksForClock: Promise<boolean> | null = null;
  private byTheClock: pg.Client | null = null;

  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  /** @returns the process's number */
  async register(): Promise<number> {
    const connection = new KeptConnection({
      what: 'by which others see this process',
      client: () =>
        new pg.Client({
          connectionString: this.url,
          application_name: 'concord_process',
          options: `-c role=concord_connectors -c TimeZone=UTC ${NOTICE_LOSS}`,
          connectionTimeoutMillis: CONNECT_WITHIN_MS,
          keepAlive: true,
        }),
      take: async (client, again) => {
        if (again) await takeNumberAgain(client, this.id);
        else this.number = await takeNumber(client);
      },
      log: this.log,
    });
    await connection.open();
    this.connection = connection;
    return this.id;
  }

  get id(): number {
    if (this.number === null) throw new Error('this process was not registered');
    return this.number;
  }

  /** Whether what it sees of the others can be trusted: not while it is unseen itself, nor right after. */
  get seesOthers(): boolean {
    return this.connection?.standsFor(OTHERS_BACK_WITHIN_MS) ?? false;
  }

  /** Whether this process is the one that acts when dates come by themselves. It stays the one until its connection ends. */
  async actsByTheClock(): Promise<boolean> {
    const client = this.connection?.current;
    if (!client) return false;
    if (this.byTheClock === client) return true;
    // Several loops ask at once: the connection takes one question at a time, and the lock is to be had once.
    this.asksForClock ??= this.takeClock(client).finally(() => (this.asksForClock = null));
    return this.asksForClock;
  }

  private async takeClock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [
      PROCESS_LOCK,
      CLOCK_LOCK,
    ]);
    if (rows[0]!.locked) this.byTheClock = client;
    return rows[0]!.locked;
  }

  /** Whether the connection still answers, and soon: one whose other end hangs says nothing at all. */
  async answers(): Promise<boolean> {
    const client = this.connection?.current;
    if (!client) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS)));
    const answered = client.query('select 1').then(
      () => true,
      () => false,
    );
    const answers = await Promise.race([answered, late]);
    clearTimeout(timer);
    return answers;
  }

  async leave(): Promise<void> {
    if (!this.connection) return;
    const { connection, id } = this;
    this.connection = null;
    await connection.current?.query('delete from exchange.process where id = $1', [id]).catch(() => undefined);
    await connection.close();
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

/** After the connection was lost. Whoever is taking this process over at the moment is waited for. */
async function takeNumberAgain(client: pg.Client, id: number): Promise<void> {
  await client.query('select pg_advisory_lock($1, $2)', [PROCESS_LOCK, id]);
  const { rowCount } = await client.query('select 1 from exchange.process where id = $1 for update', [id]);
  if (rowCount === 0) throw new TakenByAnother('the work of this process was taken over');
}
