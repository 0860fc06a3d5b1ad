import { EventEmitter } from 'node:events';
import { Logger as GraphileLogger, run, runMigrations } from 'graphile-worker';
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker';
import type { Logger } from 'pino';
import pg from 'pg';
import { z } from 'zod';
import { LostJobs } from './lost-jobs.js';
import { PatientPool } from './patient-pool.js';

/** Attempts before a job is given up: after about three, seven and twenty seconds. */
const ATTEMPTS = 4;
const POLL_MS = 50;
const NOTE_AGAIN_MS = 1_000;

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
  private started: {
    readonly pool: pg.Pool;
    readonly runner: Runner;
    readonly processId: number;
    readonly lost: LostJobs;
  } | null = null;
  private stopping = false;

  constructor(
    private readonly options: JobQueueOptions,
    private readonly tasks: Readonly<Record<string, Task>>,
  ) {}

  /**
   * Starts carrying out jobs, beside other processes that do.
   *
   * @param processId the number of this process: what it has taken is free for others when it dies
   */
  async start(processId: number): Promise<void> {
    const { url, ownerUrl, concurrency, log } = this.options;
    await prepare(ownerUrl, log);
    const pool = new PatientPool({
      connectionString: url,
      max: concurrency + 4,
      application_name: 'concord_jobs',
      options: '-c role=concord_connectors -c TimeZone=UTC',
    });
    watch(pool, log);
    const taskList: TaskList = Object.fromEntries(
      Object.entries(this.tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]),
    );
    const events: WorkerEvents = new EventEmitter();
    // A job is taken in the name of a worker or of its pool.
    const lost = new LostJobs(pool, events, log);
    const note = (name: string): void => {
      lost.takesAs(name);
      void this.noteWorker(pool, name, processId);
    };
    events.on('pool:create', ({ workerPool }) => note(workerPool.id));
    events.on('worker:create', ({ worker }) => note(worker.workerId));
    const runner = await run({
      pgPool: pool,
      concurrency,
      pollInterval: 1000,
      noHandleSignals: true,
      taskList,
      events,
      logger: new GraphileLogger(() => (level, message) => {
        if (level === 'error' || level === 'warning') log.warn({ queue: true }, message);
      }),
    });
    this.started = { pool, runner, processId, lost };
  }

  /** Again until it succeeds: the jobs of a worker that nobody knows are soon taken for a dead one's, and given to others. */
  private async noteWorker(pool: pg.Pool, name: string, processId: number): Promise<void> {
    while (!this.stopping) {
      try {
        await pool.query(
          'insert into exchange.job_worker (worker_id, process_id) values ($1, $2) on conflict do nothing',
          [name, processId],
        );
        return;
      } catch (error) {
        this.options.log.error({ reason: (error as Error).message }, 'a worker of the job queue could not be noted');
        await new Promise((resolve) => setTimeout(resolve, NOTE_AGAIN_MS));
      }
    }
  }

  /** Whether jobs are being carried out. */
  get isRunning(): boolean {
    return this.started !== null;
  }

  /**
   * Forgets what earlier processes were asked for: it is asked for again by whoever asks now, with the dates of now, because what is
   * due is in our own tables. Only where this process is alone, which is found out in the same statement: another one that began in
   * between would lose a job that it waits for, and take it for done.
   */
  async forgetIfAlone(): Promise<void> {
    const { pool, processId } = this.running;
    await pool.query(
      `select graphile_worker.remove_job(key) from graphile_worker.jobs
       where key is not null and locked_at is null
         and not exists (select 1 from exchange.process where id <> $1)`,
      [processId],
    );
  }

  /** As {@link LostJobs.free}, to be called now and then. */
  async freeLost(): Promise<number> {
    return (await this.started?.lost.free()) ?? 0;
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
    this.stopping = true;
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

/** Brings the queue's own tables up to date. Several processes may start at once. */
async function prepare(ownerUrl: string, log: Logger): Promise<void> {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 3 });
  watch(owner, log);
  const lock = await owner.connect();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('concord job queue'))`);
    await runMigrations({ pgPool: owner, logger: new GraphileLogger(() => () => undefined) });
    await owner.query(`
      grant usage on schema graphile_worker to concord_connectors;
      grant all on all tables in schema graphile_worker to concord_connectors;
      grant all on all sequences in schema graphile_worker to concord_connectors;
      grant execute on all functions in schema graphile_worker to concord_connectors;`);
    // The queue's tables let nobody but their owner see a row unless a policy says so. One that is there is left alone: making it
    // anew would wait for the workers of other processes, and they for it.
    await owner.query(`
      do $$
      declare queue_table text;
      begin
        for queue_table in
          select tablename from pg_tables t where schemaname = 'graphile_worker' and rowsecurity and not exists (
            select 1 from pg_policies p where p.schemaname = t.schemaname and p.tablename = t.tablename
              and p.policyname = 'concord_connectors')
        loop
          execute format('create policy concord_connectors on graphile_worker.%I to concord_connectors using (true)', queue_table);
        end loop;
      end $$;`);
  } finally {
    // Ending the connection gives the lock back, whatever happened.
    lock.release(true);
    await owner.end();
  }
}
