import pg from 'pg';
import { orderDay } from '@concord/core/day/day-command';
import { databaseUrl } from '../../support/database-server.js';
import { pause } from '../../support/processes.js';
import { OFFICES } from './offices.js';
import { PROCESS_NAMES } from './processes-hub.js';
import type { ProcessesHub, ProcessName } from './processes-hub.js';

const COMES_WITHIN_MS = 90_000;
const LOOK_AGAIN_MS = 25;

/** A lock that keeps some work from going on. */
export interface Hold {
  letGo(): Promise<void>;
}

/** What a process says when it is asked for its health. */
export interface HealthAnswer {
  readonly status: number;
  readonly body: object;
}

/** Looks at the database for the moment at which a process is to be broken, and keeps that moment from passing. */
export class ProcessesWatch {
  constructor(private readonly hub: ProcessesHub) {}

  /** Nothing is judged before it is let go: jobs that judge begin and wait. */
  holdJudging(): Promise<Hold> {
    return this.hold('lock table exchange.look in access exclusive mode');
  }

  /** No change of a case is published before it is let go. */
  holdRelay(): Promise<Hold> {
    return this.hold('select lane from cases.outbox_lane for update');
  }

  /** Waits until one of the processes, or a certain one, runs a day. */
  runner(wanted?: ProcessName): Promise<ProcessName> {
    return this.comes(`${wanted ?? 'some process'} runs the day`, async () => {
      const [running] = await this.read<{ pid: number }>(
        `select p.pid from exchange.command c join exchange.process p on p.id = c.process_id where c.state = 'running'`,
      );
      const name = running && PROCESS_NAMES.find((each) => this.pidOf(each) === running.pid);
      return name !== undefined && (wanted === undefined || name === wanted) ? name : null;
    });
  }

  /** Waits until the day that is run has come to a step. */
  step(title: string): Promise<string> {
    return this.comes(`the day is at ${title}`, async () => {
      const [command] = await this.read<{ step: string }>(
        `select progress->>'step' as step from exchange.command where state = 'running'`,
      );
      return command?.step === title ? title : null;
    });
  }

  /** Waits until a process has begun jobs. */
  jobsHeldBy(name: ProcessName): Promise<number> {
    return this.comes(`${name} holds jobs`, async () => {
      const [held] = await this.read<{ jobs: number }>(
        `select count(*)::integer as jobs from graphile_worker.jobs j
         join exchange.job_worker w on w.worker_id = j.locked_by join exchange.process p on p.id = w.process_id
         where p.pid = ${this.pidOf(name)}`,
      );
      return held!.jobs > 0 ? held!.jobs : null;
    });
  }

  /** As if a process had died before it was noted under which names it takes jobs. */
  async forgetWorkersOf(name: ProcessName): Promise<void> {
    await this.read(
      `delete from exchange.job_worker where process_id in (select id from exchange.process where pid = ${this.pidOf(name)})`,
    );
  }

  /** As if all jobs that are being done had been begun two minutes ago. */
  async ageJobs(): Promise<void> {
    await this.read(
      `update graphile_worker._private_jobs set locked_at = locked_at - interval '2 minutes' where locked_at is not null`,
    );
  }

  /** Orders a day as a gateway does that dies before it has seen the day's end. */
  async orderDirectly(date: string, waitsSeconds: number): Promise<void> {
    const body = { date, jurisdictions: OFFICES.map(({ id }) => id), answerWaitMs: waitsSeconds * 1000 };
    const by = { actor: 'officer:e2e', correlationId: crypto.randomUUID(), at: new Date() };
    await orderDay(this.hub.db.gateway, body, by);
  }

  /** Waits until every day that was ordered has come to its end. */
  async daysDone(): Promise<void> {
    await this.comes('all days are done', async () => {
      const left = await this.read(`select id from exchange.command where state in ('waiting', 'running')`);
      return left.length === 0 ? true : null;
    });
  }

  async eventsInOutbox(): Promise<number> {
    const [waiting] = await this.read<{ events: number }>('select count(*)::integer as events from cases.outbox');
    return waiting!.events;
  }

  async ask(name: ProcessName, what: 'live' | 'ready'): Promise<HealthAnswer> {
    const response = await fetch(`${this.hub.url(name)}/health/${what}`);
    return { status: response.status, body: (await response.json()) as object };
  }

  /** Waits until a process says that it is ready, or that it is not. */
  becomes(name: ProcessName, status: 200 | 503): Promise<HealthAnswer> {
    return this.comes(`${name} is ${status === 200 ? 'ready' : 'not ready'}`, async () => {
      const answer = await this.ask(name, 'ready');
      return answer.status === status ? answer : null;
    });
  }

  /** Does something while the database takes no connections and says nothing on those that there are. */
  async withSilentDatabase<T>(work: () => Promise<T>): Promise<T> {
    const url = new URL(this.hub.db.url);
    const name = url.pathname.slice(1);
    const administrator = new pg.Client({ connectionString: databaseUrl(url.href, 'postgres') });
    await administrator.connect();
    try {
      await administrator.query(`alter database ${name} allow_connections false`);
      const { rows } = await administrator.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
        [name],
      );
      rows.forEach(({ pid }) => process.kill(pid, 'SIGSTOP'));
      try {
        return await work();
      } finally {
        rows.forEach(({ pid }) => process.kill(pid, 'SIGCONT'));
      }
    } finally {
      await administrator.query(`alter database ${name} allow_connections true`);
      await administrator.end();
    }
  }

  private async hold(statement: string): Promise<Hold> {
    const client = new pg.Client({ connectionString: this.hub.db.url });
    await client.connect();
    await client.query('begin');
    await client.query(statement);
    return { letGo: () => client.end() };
  }

  private pidOf(name: ProcessName): number {
    return this.hub.process(name).child.pid!;
  }

  private read<T>(statement: string): Promise<T[]> {
    return this.hub.db.asOwner<T>(statement);
  }

  private async comes<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    for (const until = Date.now() + COMES_WITHIN_MS; ;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > until) throw new Error(`it does not come that ${what}`);
      await pause(LOOK_AGAIN_MS);
    }
  }
}
