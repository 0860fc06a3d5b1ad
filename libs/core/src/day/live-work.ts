import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { instantOf } from '../calendar/domain/time-zone.js';
import { ConnectorRegistry } from '../connectors/connector-registry.js';
import type { Connector } from '../connectors/connector.js';
import { rows } from '../database/sql.js';
import { ExchangeEngine } from '../exchanges/exchange-engine.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, CONNECTORS_DATABASE } from '../platform/tokens.js';
import { officeDate } from '../configuration/office-date.js';

/** How often a partner's folder is looked into though nothing is expected. */
const LOOK_EVERY_MS = 15 * 60 * 1000;

/** What connectors do when nobody orders a day: by events, and by their own schedules. */
@Injectable()
export class LiveWork {
  private readonly lastLook = new Map<string, number>();

  constructor(
    @Inject(CONNECTORS_DATABASE) private readonly exchange: DataSource,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ExchangeEngine) private readonly engine: ExchangeEngine,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks for what is due to be judged, so that what is desired follows the case within moments. */
  async judgeDue(): Promise<boolean> {
    if (await this.dayIsRun()) return false;
    for (const connector of await this.registry.active()) {
      const date = await this.today(connector);
      const [due] = await rows<{ due: boolean }>(
        this.exchange,
        'select exists (select 1 from exchange.look where connector_id = $1 and due_on <= $2) as due',
        [connector.id, date],
      );
      if (due!.due) await this.ask('judge', connector, date);
    }
    return false;
  }

  /** Asks for files whose cutoff has come by the clock, and for answers that are waited for. */
  async keepSchedule(): Promise<boolean> {
    if (await this.dayIsRun()) return false;
    for (const connector of await this.registry.active()) {
      const date = await this.today(connector);
      if (await this.cutoffHasCome(connector, date)) await this.ask('send', connector, date);
      if (await this.mayHaveLeftSomething(connector)) await this.ask('collect', connector, date);
    }
    return false;
  }

  /** A partner that owes an answer is looked at with every turn; one that may write by itself (money), now and then. */
  private async mayHaveLeftSomething(connector: Connector): Promise<boolean> {
    if (await this.engine.awaitsAnswer(connector.id)) return true;
    const now = this.clock.now().getTime();
    const last = this.lastLook.get(connector.id);
    if (connector.inbound.length === 0 || (last !== undefined && now - last < LOOK_EVERY_MS)) return false;
    this.lastLook.set(connector.id, now);
    return true;
  }

  /** What a day finds is counted under its date: nothing else judges meanwhile. */
  private async dayIsRun(): Promise<boolean> {
    const [day] = await rows<{ run: boolean }>(
      this.exchange,
      `select exists (select 1 from exchange.command where kind = 'run-day' and state in ('waiting', 'running')) as run`,
    );
    return day!.run;
  }

  /**
   * A connector's first file is never sent by itself: an office goes live when someone runs its day. A cutoff that was missed
   * is made up for on the next business day.
   */
  private async cutoffHasCome(connector: Connector, date: IsoDate): Promise<boolean> {
    if (!connector.calendar.isBusinessDay(date)) return false;
    const due = await this.engine.dueCutoff(connector, date);
    if (due === null || due.first) return false;
    return due.date < date || instantOf(due.date, connector.body.schedule.at, connector.timeZone) <= this.clock.now();
  }

  private today(connector: Connector): Promise<IsoDate> {
    return officeDate(this.exchange, this.clock, connector.jurisdictionId);
  }

  private ask(task: 'judge' | 'send' | 'collect', connector: Connector, date: IsoDate): Promise<void> {
    const payload = { connectorId: connector.id, businessDate: date, correlationId: randomUUID() };
    return this.jobs.add({ task, payload, key: `live:${task}:${connector.id}`, queue: connector.id, patient: true });
  }
}
