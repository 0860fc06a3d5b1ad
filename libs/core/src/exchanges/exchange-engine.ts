import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { cutoffInstant, lastDayComeBy } from '../calendar/domain/cutoff.js';
import { localDate } from '../calendar/domain/time-zone.js';
import type { Connector } from '../connectors/connector.js';
import type { ConnectorRegistry } from '../connectors/connector-registry.js';
import { rows } from '../database/sql.js';
import { recompute } from '../positions/recompute.js';
import { officeDate } from '../configuration/office-date.js';
import { silentCheckpoints } from '../platform/checkpoints.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { Clock } from '../platform/clock.js';
import type { PluginHost } from '../plugin-host/pool.js';
import type { InboundRun } from './in/inbound-run.js';
import { dueCutoff } from './out/due-cutoff.js';
import type { DueCutoff } from './out/due-cutoff.js';
import { clearLeftOut, forgetTaken } from './out/left-out.js';
import type { OutboundRun } from './out/outbound-run.js';

/** One piece of a connector's work on one business date, as jobs carry it. */
export const workOrder = z.object({
  connectorId: z.string(),
  businessDate: z.iso.date(),
  correlationId: z.string(),
  /**
   * For `send`: the last day whose cutoff has come by the clock, or `none` to go on with begun files only. Left out, all
   * cutoffs up to the business date have come, whatever the hour.
   */
  cutoffsThrough: z.union([z.iso.date(), z.literal('none')]).optional(),
});
export type WorkOrder = Readonly<z.output<typeof workOrder>>;

/** A cutoff whose hour has come by the clock. */
export interface ComeCutoff extends DueCutoff {
  /** When it came. */
  readonly at: Date;
}

/** The work of connectors, as jobs carry it out. Everything may be done again: what is done already is passed over. */
export class ExchangeEngine {
  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly host: PluginHost,
    private readonly outbound: OutboundRun,
    private readonly inbound: InboundRun,
    private readonly clock: Clock,
    private readonly checkpoints: CheckpointListener = silentCheckpoints,
  ) {}

  /** Judges what is due. */
  async judge(order: WorkOrder): Promise<void> {
    const connector = await this.registry.one(order.connectorId);
    const asOf = await this.asOf(connector, order.businessDate);
    const dates = { asOf, bookedOn: order.businessDate };
    await recompute(this.exchange, this.host, connector, dates, this.checkpoints);
    await clearLeftOut(this.exchange, connector, this.clock.now());
  }

  /** Goes on with files that were begun, then opens the cutoff that has come. */
  async send(order: WorkOrder): Promise<void> {
    const connector = await this.registry.one(order.connectorId);
    // What the partner holds must be known before anything is sent, or it would be placed a second time.
    if (connector.awaitsAdoption) return;
    const asOf = await this.asOf(connector, order.businessDate);
    await forgetTaken(this.exchange);
    const failures: unknown[] = [];
    for (const id of await this.unfinished(connector)) {
      // A file that can't go on must not keep the next one, with its releases, from going out.
      await this.outbound.resume(connector, id, asOf).catch((error: unknown) => failures.push(error));
    }
    const through = order.cutoffsThrough ?? order.businessDate;
    const due = through === 'none' ? null : await this.dueCutoff(connector, through);
    if (due !== null) await this.outbound.run(connector, { ...order, asOf, cutoffKey: due.key, first: due.first });
    await clearLeftOut(this.exchange, connector, this.clock.now());
    if (failures.length > 0) throw failures[0];
  }

  /** What holds is what holds on the office's today, also when the business date that is run has passed. */
  private async asOf(connector: Connector, businessDate: string): Promise<string> {
    const today = await officeDate(this.exchange, this.clock, connector.jurisdictionId);
    return today > businessDate ? today : businessDate;
  }

  /** Looks once at the partner's folder. */
  async collect(order: WorkOrder): Promise<void> {
    const connector = await this.registry.one(order.connectorId);
    if (connector.mode === 'shadow') return;
    await this.inbound.run(connector, order);
  }

  /** Connectors with a file of this date that its partner has not answered. */
  async unanswered(connectorIds: readonly string[], businessDate: string): Promise<string[]> {
    const waiting = await rows<{ connector_id: string }>(
      this.exchange,
      `select distinct connector_id from exchange.exchange
       where connector_id = any($1) and business_date = $2 and direction = 'out' and state = 'delivered'
         and answer_due_on is not null`,
      [connectorIds, businessDate],
    );
    return waiting.map(({ connector_id }) => connector_id);
  }

  /** Whether a connector's partner has a file of ours, of any date, that it has not answered. */
  async awaitsAnswer(connectorId: string): Promise<boolean> {
    const [waiting] = await rows<{ waiting: boolean }>(
      this.exchange,
      `select exists (select 1 from exchange.exchange
         where connector_id = $1 and direction = 'out' and state = 'delivered' and answer_due_on is not null) as waiting`,
      [connectorId],
    );
    return waiting!.waiting;
  }

  private async unfinished(connector: Connector): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.exchange,
      `select id from exchange.exchange
       where connector_id = $1 and direction = 'out' and state in ('choosing', 'released', 'archived')
       order by started_at, array_position($2::text[], kind)`,
      [connector.id, connector.outbound.map(({ kind }) => kind)],
    );
    return found.map(({ id }) => id);
  }

  /** Whether files of a connector were begun and are not delivered yet. */
  async hasUnfinished(connector: Connector): Promise<boolean> {
    return (await this.unfinished(connector)).length > 0;
  }

  /**
   * The cutoff that a connector's next file is for, or null when none has come.
   *
   * @param through the last day whose cutoff has come
   */
  async dueCutoff(connector: Connector, through: string): Promise<DueCutoff | null> {
    const days = [through, await this.asOf(connector, through), localDate(this.clock.now(), connector.timeZone)];
    return dueCutoff(this.exchange, connector, through, days.sort().at(-1)!);
  }

  /** The due cutoff whose hour has come by the clock on the partner's wall, or null. */
  async comeCutoff(connector: Connector): Promise<ComeCutoff | null> {
    const { calendar, timeZone, body } = connector;
    const due = await this.dueCutoff(connector, lastDayComeBy(body.schedule, calendar, this.clock.now(), timeZone));
    return due && { ...due, at: cutoffInstant(body.schedule, calendar, due.date, timeZone) };
  }
}
