import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { ALERT_CAUSES } from '../alerts/alerts.js';
import type { EventTransport } from '../events/event-transport.js';
import type { Outbox } from '../events/outbox-relay.js';
import type { Clock } from '../platform/clock.js';
import type { Half } from '../platform/halves.js';
import { DATABASE_FIGURES, DatabaseFigures } from './database-figures.js';
import type { DatabaseFigure, Figure } from './database-figures.js';
import { outboxDepth } from './outbox-depth.js';
import { poolUse } from './pool-use.js';

/** Of one metric, and of all: whoever scrapes waits ten seconds, most of the time. */
const ONE_WITHIN_MS = 2_500;
const ALL_WITHIN_MS = 8_000;

/** How the numbers of one gauge are taken. */
interface Taking {
  readonly gauge: Gauge;
  readonly name: string;
  readonly take: () => Promise<readonly Figure[]>;
}

/** One half that a process holds: its pool and the outbox that it publishes. */
export interface MeasuredHalf {
  readonly half: Half;
  readonly database: DataSource;
  readonly outbox: Outbox;
}

export interface MeasuredParts {
  readonly halves: readonly MeasuredHalf[];
  readonly transport: EventTransport;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * What a process can be watched by, in the format of Prometheus. Nothing in it says anything about a person, and its labels are
 * ids of connectors, states, causes and names of our own: as many as there are of those.
 *
 * What is counted in the database is the same at every process that shares it.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly failed: Gauge;
  private readonly takings: Taking[] = [];

  constructor(private readonly parts: MeasuredParts) {
    collectDefaultMetrics({ register: this.registry });
    this.failed = new Gauge({
      name: 'concord_metrics_failed',
      help: 'Whether a metric could not be taken at this scrape: then it is left out.',
      labelNames: ['metric'],
      registers: [this.registry],
    });
    // One of the halves tells what both see.
    const { half, database } = parts.halves.find((each) => each.half === 'connectors') ?? parts.halves[0]!;
    const figures = new DatabaseFigures(database, half, parts.clock);
    // Before this scrape itself takes a connection.
    this.addPools();
    for (const figure of DATABASE_FIGURES) this.addFigure(figure, figures);
    this.addOutboxes();
    this.addConsumerLag();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics as they are now. What can't be taken in time is left out, and named. */
  async text(): Promise<string> {
    this.failed.reset();
    const until = performance.now() + ALL_WITHIN_MS;
    // One after the other: a scrape never takes more than one connection from the work.
    for (const taking of this.takings) {
      await this.takeOne(taking, Math.min(ONE_WITHIN_MS, Math.max(0, until - performance.now())));
    }
    return this.registry.metrics();
  }

  private async takeOne({ gauge, name, take }: Taking, withinMs: number): Promise<void> {
    try {
      const figures = await within(withinMs, take);
      gauge.reset();
      for (const { labels, value } of figures) gauge.set({ ...labels }, value);
    } catch (error) {
      gauge.reset();
      this.failed.set({ metric: name }, 1);
      this.parts.log.warn({ metric: name, reason: (error as Error).message }, 'a metric could not be taken');
    }
  }

  private addFigure(figure: DatabaseFigure, figures: DatabaseFigures): void {
    this.add(figure.name, figure.help, figure.labels, async () => {
      const counted = await figures.count(figure);
      // A cause that does not stand is 0, not absent: an absent one can't be told from a metric that failed.
      const none =
        figure.name === 'concord_alerts_standing'
          ? ALERT_CAUSES.map((cause): Figure => ({ labels: { cause }, value: 0 }))
          : [];
      return [...none, ...counted];
    });
  }

  private addOutboxes(): void {
    this.add('concord_outbox_depth', 'Events that wait to be published, by outbox; at most 100000.', ['outbox'], () =>
      Promise.all(
        this.parts.halves.map(async ({ database, outbox }) => ({
          labels: { outbox: outbox.stream },
          value: await outboxDepth(database, outbox),
        })),
      ),
    );
  }

  private addConsumerLag(): void {
    const { transport, halves } = this.parts;
    this.add('concord_consumer_lag', 'Events that are published and not taken in yet, by stream.', ['stream'], () =>
      Promise.all(
        halves.map(async ({ outbox: { stream } }) => ({
          labels: { stream },
          value: await transport.backlog(stream),
        })),
      ),
    );
  }

  private addPools(): void {
    const help = 'Connections to the database, by pool and whether they are used, idle or waited for.';
    this.add('concord_pool_connections', help, ['pool', 'state'], () =>
      Promise.resolve(
        this.parts.halves.flatMap(({ half, database }) =>
          Object.entries({ ...poolUse(database) }).map(([state, value]: [string, number]): Figure => ({
            labels: { pool: half, state },
            value,
          })),
        ),
      ),
    );
  }

  private add(name: string, help: string, labelNames: readonly string[], take: Taking['take']): void {
    const gauge = new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
    this.takings.push({ gauge, name, take });
  }
}

function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${Math.round(ms)} ms`)), ms);
  });
  const begun = ms > 0 ? work() : late;
  return Promise.race([begun, late]).finally(() => clearTimeout(timer));
}
