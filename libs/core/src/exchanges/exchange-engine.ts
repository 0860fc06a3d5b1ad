import type { DataSource } from 'typeorm';
import { cutoffDatesBetween } from '../calendar/domain/cutoff.js';
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
import type { OutboundRun } from './out/outbound-run.js';

/** The name of the file that a connector sends when it is first enabled: everything, whatever the day. */
const FIRST_FILE = 'initial';

/** One piece of a connector's work on one business date. */
export interface WorkOrder {
  readonly connectorId: string;
  readonly businessDate: string;
  readonly correlationId: string;
}

/** A cutoff that has come. */
export interface DueCutoff {
  /** The cutoff's name within the connector. */
  readonly key: string;
  readonly date: string;
  /** Whether it is the full file that a connector sends when it is first enabled. */
  readonly first: boolean;
}

/** The work of connectors, as jobs carry it out. Everything may be done again: what is done already is passed over. */
export class ExchangeEngine {
  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly host: PluginHost,
    private readonly outbound: OutboundRun,
    readonly inbound: InboundRun,
    private readonly clock: Clock,
    private readonly checkpoints: CheckpointListener = silentCheckpoints,
  ) {}

  /** Judges what is due. */
  async judge(order: WorkOrder): Promise<void> {
    const connector = await this.registry.one(order.connectorId);
    const asOf = await this.asOf(connector, order.businessDate);
    const dates = { asOf, bookedOn: order.businessDate };
    await recompute(this.exchange, this.host, connector, dates, this.checkpoints);
  }

  /** Goes on with files that were begun, then opens the cutoff that has come. */
  async send(order: WorkOrder): Promise<void> {
    const connector = await this.registry.one(order.connectorId);
    // What the partner holds must be known before anything is sent, or it would be placed a second time.
    if (connector.awaitsAdoption) return;
    const asOf = await this.asOf(connector, order.businessDate);
    const failures: unknown[] = [];
    for (const id of await this.unfinished(connector)) {
      // A file that can't go on must not keep the next one, with its releases, from going out.
      await this.outbound.resume(connector, id, asOf).catch((error: unknown) => failures.push(error));
    }
    const due = await this.dueCutoff(connector, order.businessDate);
    if (due !== null) await this.outbound.run(connector, { ...order, asOf, cutoffKey: due.key, first: due.first });
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

  /**
   * The cutoff that a connector's next file is for, on a date, or null when none has come. Cutoffs that were missed are not
   * made up one by one: the file of the last one says all that they would have said.
   */
  async dueCutoff(connector: Connector, date: string): Promise<DueCutoff | null> {
    const [last] = await rows<{ on: string | null }>(
      this.exchange,
      `select max(business_date) as on from exchange.exchange
       where connector_id = $1 and direction = 'out' and (mode = 'shadow') = ($2 = 'shadow')`,
      [connector.id, connector.mode],
    );
    const prefix = connector.mode === 'shadow' ? 'shadow:' : '';
    if (!last?.on) return { key: `${prefix}${FIRST_FILE}`, date, first: true };
    if (last.on >= date) return null;
    const due = cutoffDatesBetween(connector.body.schedule, connector.calendar, last.on, date).at(-1);
    return due === undefined ? null : { key: `${prefix}${due}`, date: due, first: false };
  }
}
