import { Logger as GraphileLogger, run, runMigrations } from 'graphile-worker';
import type { Runner, TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import pg from 'pg';
import { z } from 'zod';

/** Attempts before a job is given up: after about three, seven and twenty seconds. */
const ATTEMPTS = 4;
const POLL_MS = 50;

export interface JobQueueOptions {
  readonly url: string;
  readonly ownerUrl: string;
  readonly concurrency: number;
  readonly log: Logger;
}

/** What is to be done, by the name of its task. */
export interface JobOrder {
  readonly task: string;
  readonly payload: Readonly<Record<string, string>>;
  /** A job of the same key that has not begun is replaced by this one. */
  readonly key: string;
  /** Jobs of one queue are done one after the other. */
  readonly queue: string;
  /** A job of the same key that waits for its next attempt goes on waiting instead of beginning at once. */
  readonly patient?: boolean;
}

/** Does one job. It may be done again after a crash: every effect must be safe to repeat. */
export type Task = (payload: unknown) => Promise<void>;

const failure = z.object({ key: z.string(), last_error: z.string().nullable() });

/** Carries jobs out, each until it succeeds or its attempts are used up. What is due, and when, is kept in our own tables. */
export class JobQueue {
  private started: { readonly pool: pg.Pool; readonly runner: Runner } | null = null;

  constructor(
    private readonly options: JobQueueOptions,
    private readonly tasks: Readonly<Record<string, Task>>,
  ) {}

  /**
   * Starts carrying out jobs. The caller holds the lock that only one process can hold.
   */
  async start(): Promise<void> {
    const { url, ownerUrl, concurrency, log } = this.options;
    await prepare(ownerUrl, log);
    const pool = new pg.Pool({
      connectionString: url,
      max: concurrency + 4,
      application_name: 'concord_jobs',
      options: '-c role=concord_connectors -c TimeZone=UTC',
    });
    watch(pool, log);
    await takeOver(pool);
    const taskList: TaskList = Object.fromEntries(
      Object.entries(this.tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]),
    );
    const runner = await run({
      pgPool: pool,
      concurrency,
      pollInterval: 1000,
      noHandleSignals: true,
      taskList,
      logger: new GraphileLogger(() => (level, message) => {
        if (level === 'error' || level === 'warning') log.warn({ queue: true }, message);
      }),
    });
    this.started = { pool, runner };
  }

  async add(order: JobOrder): Promise<void> {
    await this.running.runner.addJob(order.task, order.payload, {
      jobKey: order.key,
      jobKeyMode: order.patient ? 'preserve_run_at' : 'replace',
      queueName: order.queue,
      maxAttempts: ATTEMPTS,
    });
  }

  /**
   * Waits until every job of these keys is done.
   *
   * @returns the last error of those that were given up
   */
  async finished(keys: readonly string[]): Promise<{ readonly key: string; readonly reason: string }[]> {
    for (;;) {
      const { rows } = await this.running.pool.query(
        `select j.key, j.last_error, j.attempts >= j.max_attempts and j.locked_at is null as given_up
         from graphile_worker.jobs j where j.key = any($1)`,
        [keys],
      );
      const waiting = rows.filter((row: { given_up: boolean }) => !row.given_up);
      if (waiting.length === 0) {
        return rows.map((row: unknown) => {
          const { key, last_error } = failure.parse(row);
          return { key, reason: (last_error ?? 'unknown').split('\n')[0]! };
        });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async stop(): Promise<void> {
    if (!this.started) return;
    const { pool, runner } = this.started;
    this.started = null;
    await runner.stop();
    await pool.end();
  }

  private get running() {
    if (!this.started) throw new Error('the job queue was not started');
    return this.started;
  }
}

/** An unhandled error of an idle connection would end the process. */
function watch(pool: pg.Pool, log: Logger): void {
  const lost = (error: Error): void =>
    log.warn({ reason: error.message }, 'a database connection of the job queue was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
}

async function prepare(ownerUrl: string, log: Logger): Promise<void> {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  watch(owner, log);
  try {
    await runMigrations({ pgPool: owner, logger: new GraphileLogger(() => () => undefined) });
    await owner.query(`
      grant usage on schema graphile_worker to concord_connectors;
      grant all on all tables in schema graphile_worker to concord_connectors;
      grant all on all sequences in schema graphile_worker to concord_connectors;
      grant execute on all functions in schema graphile_worker to concord_connectors;`);
    // The queue's tables let nobody but their owner see a row unless a policy says so.
    await owner.query(`
      do $$
      declare queue_table text;
      begin
        for queue_table in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
          execute format('drop policy if exists concord_connectors on graphile_worker.%I', queue_table);
          execute format('create policy concord_connectors on graphile_worker.%I to concord_connectors using (true)', queue_table);
        end loop;
      end $$;`);
  } finally {
    await owner.end();
  }
}

/**
 * Whatever a dead process was asked for is asked for again by whoever asks now, with the dates of now: what is due is in
 * our own tables, and the old jobs are forgotten.
 */
async function takeOver(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array(
       select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
  );
  await pool.query('select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null');
}
