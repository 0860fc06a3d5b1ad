import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { localDate } from '../calendar/domain/time-zone.js';
import { ConnectorRegistry } from '../connectors/connector-registry.js';
import type { Connector } from '../connectors/connector.js';
import { waitForFindingsMs } from '../connectors/entry/cutoff-settings.js';
import { rows } from '../database/sql.js';
import { ExchangeEngine } from '../exchanges/exchange-engine.js';
import type { ComeCutoff } from '../exchanges/exchange-engine.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, CONNECTORS_DATABASE } from '../platform/tokens.js';
import { officeDate } from '../configuration/office-date.js';
import { OnItsWay } from './on-its-way.js';

/** How often a partner's folder is looked into though nothing is expected. */
const LOOK_EVERY_MS = 15 * 60 * 1000;

/** How often a file that could not be delivered is tried again, once the attempts of its job are used up. */
const GO_ON_EVERY_MS = 5 * 60 * 1000;

/** What connectors do when nobody orders a day: by events, and by their own schedules. */
@Injectable()
export class LiveWork {
  private readonly lastLook = new Map<string, number>();
  private readonly lastGoneOn = new Map<string, number>();
  /** The cutoff that a connector has due, and from when on it waits for findings. */
  private readonly waitsFrom = new Map<string, { readonly cutoff: string; readonly at: number }>();

  constructor(
    @Inject(CONNECTORS_DATABASE) private readonly exchange: DataSource,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ExchangeEngine) private readonly engine: ExchangeEngine,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(OnItsWay) private readonly onItsWay: OnItsWay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks for what is due to be judged, so that what is desired follows the case within moments. */
  async judgeDue(): Promise<boolean> {
    if (await this.dayIsRun()) return false;
    for (const connector of await this.registry.active()) {
      const date = await this.today(connector);
      if (await this.isToBeJudged(connector, date)) await this.ask('judge', connector, date);
    }
    return false;
  }

  /** Asks for files whose cutoff has come by the clock, and for answers that are waited for. */
  async keepSchedule(): Promise<boolean> {
    if (await this.dayIsRun()) return false;
    for (const connector of await this.registry.active()) {
      const date = await this.today(connector);
      const cutoffsThrough = await this.cutoffsToSend(connector, date);
      if (cutoffsThrough !== null) await this.ask('send', connector, date, { cutoffsThrough });
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
   * Through which day cutoffs are to be sent now, `none` to go on with begun files only, or null for nothing to do.
   *
   * A connector's first file is never sent by itself: an office goes live when someone runs its day. A cutoff that was missed
   * is made up for on the partner's next business day.
   */
  private async cutoffsToSend(connector: Connector, date: IsoDate): Promise<string | null> {
    const wall = localDate(this.clock.now(), connector.timeZone);
    const due = connector.calendar.isBusinessDay(wall) ? await this.engine.comeCutoff(connector) : null;
    if (due !== null && !due.first && !(await this.waitsForFindings(connector, due, date))) return due.date;
    return (await this.mayGoOn(connector)) ? 'none' : null;
  }

  /**
   * Whether a cutoff still waits until what partners said before it is in the cases and judged. After a time it goes without
   * the cases that are still waited for: release keeps their records out of the file. Nothing is held up meanwhile.
   */
  private async waitsForFindings(connector: Connector, due: ComeCutoff, date: IsoDate): Promise<boolean> {
    const now = this.clock.now().getTime();
    const longest = waitForFindingsMs(connector.body);
    const known = this.waitsFrom.get(connector.id);
    // A cutoff that was missed while no process ran waits from when one is there again.
    const missed = now - due.at.getTime() > longest;
    const from = known?.cutoff === due.key ? known.at : missed ? now : due.at.getTime();
    this.waitsFrom.set(connector.id, { cutoff: due.key, at: from });
    if (now - from >= longest) return false;
    return !(await this.onItsWay.nothing()) || (await this.isToBeJudged(connector, date));
  }

  private async isToBeJudged(connector: Connector, date: IsoDate): Promise<boolean> {
    const [due] = await rows<{ due: boolean }>(
      this.exchange,
      'select exists (select 1 from exchange.look where connector_id = $1 and due_on <= $2) as due',
      [connector.id, date],
    );
    return due!.due;
  }

  /** Files that were begun and are not at the partner: it was down, or its jurisdiction's adverse output was stopped. */
  private async mayGoOn(connector: Connector): Promise<boolean> {
    const now = this.clock.now().getTime();
    const last = this.lastGoneOn.get(connector.id);
    if (last !== undefined && Math.abs(now - last) < GO_ON_EVERY_MS) return false;
    if (!(await this.engine.hasUnfinished(connector))) return false;
    this.lastGoneOn.set(connector.id, now);
    return true;
  }

  private today(connector: Connector): Promise<IsoDate> {
    return officeDate(this.exchange, this.clock, connector.jurisdictionId);
  }

  private ask(
    task: 'judge' | 'send' | 'collect',
    connector: Connector,
    date: IsoDate,
    more: { readonly cutoffsThrough?: string } = {},
  ): Promise<void> {
    const payload = { connectorId: connector.id, businessDate: date, correlationId: randomUUID(), ...more };
    return this.jobs.add({ task, payload, key: `live:${task}:${connector.id}`, queue: connector.id, patient: true });
  }
}
