import { z } from 'zod';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import { officeDate } from '../../configuration/office-date.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { Preview } from '../preview/preview.js';
import type { PreviewParts } from '../preview/preview.js';
import type { PreviewedFile } from '../preview/previewed-file.js';
import { sealPreview } from './preview-result.js';
import type { PreviewResult } from './preview-result.js';

const body = z.union([
  z.object({ exchangeId: z.uuid() }),
  z.object({ connectorId: z.string().min(1), date: z.iso.date().optional() }),
]);

/** Shows what a connector would send, in any mode and on any day to come, or one file of ours; without any effect. */
export class PreviewHandler implements CommandHandler {
  readonly kind = 'exchange-preview';

  constructor(
    private readonly parts: PreviewParts,
    private readonly registry: ConnectorRegistry,
  ) {}

  /** @throws Refusal for what is unknown, for a day that is over, and where there is no file */
  async carryOut(command: OrderedCommand): Promise<PreviewResult> {
    const of = commandBody(body, command.body);
    const files = 'exchangeId' in of ? await this.ofExchange(of.exchangeId) : await this.ofConnector(of);
    return sealPreview(this.parts.cipher, command.id, files);
  }

  private async ofConnector(of: { connectorId: string; date?: string | undefined }): Promise<PreviewedFile[]> {
    const connector = await this.registry.inAnyMode(of.connectorId);
    const today = await officeDate(this.parts.exchange, this.parts.clock, connector.jurisdictionId);
    const date = of.date ?? today;
    if (date < today) {
      throw new Refusal('date-past', `${date} is over; what was sent then is shown by the exchanges of that day`);
    }
    return new Preview(this.parts).ofConnector(connector, date);
  }

  private async ofExchange(id: string): Promise<PreviewedFile[]> {
    const { exchange, clock } = this.parts;
    const [row] = await rows<ExchangeRow>(exchange, 'select * from exchange.exchange where id = $1', [id]);
    if (!row) throw new Refusal('exchange-unknown', `no exchange has the id ${id}`);
    if (row.direction !== 'out') {
      throw new Refusal(
        'exchange-not-outgoing',
        `${row.file_name ?? id} came from the partner; this is for files that we send`,
      );
    }
    const connector = await this.registry.inAnyMode(row.connector_id);
    const today = await officeDate(exchange, clock, connector.jurisdictionId);
    return new Preview(this.parts).ofExchange(connector, row, today);
  }
}
