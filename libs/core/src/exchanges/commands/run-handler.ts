import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import { officeDate } from '../../configuration/office-date.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { ORDERED_CUTOFF } from '../exchange-engine.js';
import type { OrderedWork } from './ordered-work.js';

const body = z.object({ connectorId: z.string().min(1) });

/**
 * Judges and sends what a connector has to say now, whatever its schedule. It takes no cutoff's place: the scheduled one comes as
 * always and says what is left. In shadow the file is built and shown.
 */
export class RunHandler implements CommandHandler {
  readonly kind = 'exchange-run';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns ids of the files, in the order in which they were sent
   * @throws Refusal for a connector that is off or waits for its partner's reconciliation, or when the files could not be
   *   sent; they go on by themselves with the connector's next work
   */
  async carryOut(command: OrderedCommand): Promise<{ exchanges: string[] }> {
    const { connectorId } = commandBody(body, command.body);
    const connector = await this.registry.one(connectorId);
    if (connector.awaitsAdoption) {
      throw new Refusal(
        'connector-awaits-adoption',
        `${connectorId} sends nothing before its partner's reconciliation has said what it holds`,
      );
    }
    // Named by the command, so that the same command begun anew goes on with the same files.
    const cutoffKey = `${ORDERED_CUTOFF}${command.id}`;
    const businessDate = await officeDate(this.exchange, this.clock, connector.jurisdictionId);
    const { correlationId } = command;
    const failure = await this.work.finished(
      await this.work.runNow({ connectorId, businessDate, correlationId, cutoffKey }),
    );
    if (failure !== null) throw new Refusal('exchange-run-failed', `${connectorId}: ${failure}`);
    const sent = await rows<{ id: string }>(
      this.exchange,
      `select id from exchange.exchange where connector_id = $1 and direction = 'out' and cutoff_key = $2
       order by array_position($3::text[], kind)`,
      [connectorId, cutoffKey, connector.outbound.map(({ kind }) => kind)],
    );
    return { exchanges: sent.map(({ id }) => id) };
  }
}
