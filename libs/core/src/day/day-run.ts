import type { DataSource } from 'typeorm';
import type { ConnectorRegistry } from '../connectors/connector-registry.js';
import { rows } from '../database/sql.js';
import type { ExchangeEngine, WorkOrder } from '../exchanges/exchange-engine.js';
import type { EventTransport } from '../events/event-transport.js';
import type { Stream } from '../events/streams.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { Clock } from '../platform/clock.js';
import { dayBody } from './day-command.js';
import type { DayProgress } from './day-command.js';

/** Between two looks at a partner's folder. */
const LOOK_AGAIN_MS = 250;

/** Between two looks at what is still on its way between connectors and cases, and how long that may take. */
const SETTLED_AGAIN_MS = 25;
const SETTLE_WITHIN_MS = 300_000;

const UNIQUE_VIOLATION = '23505';

interface CommandRow {
  readonly id: string;
  readonly body: unknown;
  readonly correlation_id: string;
}

/** Carries out days that the gateway ordered, on the connectors' side: judging, sending, collecting, judging again. */
export class DayRun {
  /** A day whose end could not be written down: nothing else can be run before somebody has begun it anew. */
  private unsaid: string | null = null;

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly engine: ExchangeEngine,
    private readonly jobs: JobQueue,
    private readonly transport: EventTransport,
    private readonly clock: Clock,
  ) {}

  /** Commands that no living process carries out or will: whoever ordered them is gone, and orders again. */
  async abandonBegun(): Promise<void> {
    await rows(
      this.exchange,
      `update exchange.command set state = 'failed', failure = 'the process ended', finished_at = $1
       where state in ('waiting', 'running')`,
      [this.clock.now()],
    );
  }

  /**
   * Takes the oldest day that waits, if there is one and none is being run, and runs it to its end.
   *
   * @param processId who runs it: when that process dies, another one begins it anew
   */
  async takeNext(processId: number): Promise<boolean> {
    if (this.unsaid !== null) {
      await this.putBack(this.unsaid, processId);
      this.unsaid = null;
    }
    const [command] = await rows<CommandRow>(
      this.exchange,
      `update exchange.command set state = 'running', process_id = $1 where id = (
         select id from exchange.command where kind = 'run-day' and state = 'waiting' and not exists (
           select 1 from exchange.command where kind = 'run-day' and state = 'running')
         order by requested_at limit 1 for update skip locked)
       returning id, body, correlation_id`,
      [processId],
    ).catch((error: { code?: string }) => {
      // Another process was quicker: the database allows one running day.
      if (error.code === UNIQUE_VIOLATION) return [];
      throw error;
    });
    if (!command) return false;
    this.unsaid = command.id;
    try {
      const failures = await this.run(command);
      await this.finish(command.id, failures.length > 0 ? failures.join('\n') : null);
    } catch (error) {
      if (!this.jobs.isRunning) await this.putBack(command.id, processId);
      else await this.finish(command.id, (error as Error).message);
    }
    this.unsaid = null;
    return true;
  }

  private async run(command: CommandRow): Promise<string[]> {
    const { date, jurisdictions, answerWaitMs } = dayBody.parse(command.body);
    const enabled = await Promise.all(jurisdictions.map((id) => this.registry.survey(id)));
    const ids = enabled.flatMap(({ connectors }) => connectors.map(({ id }) => id));
    const unusable = enabled.flatMap((each) => each.unusable);
    const failures = new Map(unusable.map(({ id, reason }) => [id, `${id}: ${reason}`]));
    /** A partner's file that can't be read must not keep what is owed to the partner, or to a debtor, from going out. */
    const stuck = new Set<string>();
    const step = async (task: string, title: string, over: readonly string[]): Promise<void> => {
      const able = over.filter((id) => !stuck.has(id));
      await this.progress(command.id, { step: title, done: 0, of: able.length });
      const keys = new Map(able.map((id) => [`${task}:${id}`, id]));
      for (const [key, connectorId] of keys) {
        const payload: WorkOrder = { connectorId, businessDate: date, correlationId: command.correlation_id };
        await this.jobs.add({ task, payload: { ...payload }, key, queue: connectorId });
      }
      for (const { key, reason } of await this.jobs.finished([...keys.keys()])) {
        const connectorId = keys.get(key)!;
        failures.set(connectorId, `${connectorId}: ${title.toLowerCase()}: ${reason}`);
        if (task !== 'collect') stuck.add(connectorId);
      }
    };

    await step('collect', 'Collecting what partners left', ids);
    const beforehand = await this.settled(command.id);
    await step('judge', 'Judging debts', ids);
    await step('send', 'Sending files', ids);
    const until = this.clock.now().getTime() + answerWaitMs;
    await step('collect', 'Collecting answers', ids);
    for (;;) {
      const waiting = (await this.engine.unanswered(ids, date)).filter((id) => !failures.has(id));
      if (waiting.length === 0 || this.clock.now().getTime() >= until) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      await step('collect', 'Collecting answers', waiting);
    }
    const afterwards = await this.settled(command.id);
    await step('judge', 'Judging what the answers changed', ids);
    const late = beforehand && afterwards ? [] : ['what partners said could not be applied to all cases in time'];
    return [...failures.values(), ...late];
  }

  /**
   * Waits until what partners said has become case changes, and these have come back as something to be judged: a payment
   * that an agency posted must be in the file that goes to the bureau today. After a time it goes on without the cases that
   * still wait: their records are kept out of files.
   *
   * @returns whether nothing is on its way any more
   * @throws Error when this process is stopping: whoever begins the day anew waits in its place
   */
  private async settled(commandId: string): Promise<boolean> {
    await this.progress(commandId, { step: 'Applying what partners said', done: 0, of: 1 });
    const until = performance.now() + SETTLE_WITHIN_MS;
    for (;;) {
      if (!this.jobs.isRunning) throw new Error('this process is stopping');
      if (await this.nothingOnItsWay()) return true;
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, SETTLED_AGAIN_MS));
    }
  }

  /** Looked at in the order in which things move, so that what moves meanwhile is not passed by. */
  private async nothingOnItsWay(): Promise<boolean> {
    const [findings] = await rows<{ waiting: boolean }>(
      this.exchange,
      'select exists (select 1 from exchange.outbox) as waiting',
    );
    if (findings!.waiting || !(await this.taken('findings'))) return false;
    const [events] = await rows<{ waiting: boolean }>(
      this.exchange,
      'select waiting > 0 as waiting from cases_v1.events_waiting',
    );
    return !events!.waiting && (await this.taken('case-events'));
  }

  /** A transport that does not answer has not said that all was taken in. */
  private async taken(stream: Stream): Promise<boolean> {
    return this.transport.backlog(stream).then(
      (waiting) => waiting === 0,
      () => false,
    );
  }

  /** This process is stopping in the middle of a day: another one, or the next start, begins it anew. */
  private async putBack(id: string, processId: number): Promise<void> {
    await rows(
      this.exchange,
      `update exchange.command set state = 'waiting', process_id = null
       where id = $1 and state = 'running' and process_id = $2`,
      [id, processId],
    );
  }

  private async progress(id: string, progress: DayProgress): Promise<void> {
    await rows(this.exchange, 'update exchange.command set progress = $2 where id = $1', [
      id,
      JSON.stringify(progress),
    ]);
  }

  private async finish(id: string, failure: string | null): Promise<void> {
    await rows(this.exchange, 'update exchange.command set state = $2, failure = $3, finished_at = $4 where id = $1', [
      id,
      failure === null ? 'done' : 'failed',
      failure,
      this.clock.now(),
    ]);
  }
}
