import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { commandBody } from '../../commands/command-body.js';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { Connector } from '../../connectors/connector.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import type { Decision } from './decided-exchange.js';
import type { OrderedWork } from './ordered-work.js';

const body = z.object({
  connectorId: z.string().min(1),
  exchangeIds: z.array(z.uuid()).min(1).max(500),
  reason: z.string().trim().min(1).max(1000),
  preview: z.boolean().default(false),
});

/** A file that is, or would be, sent once more. */
export interface ResentFile {
  readonly exchangeId: string;
  readonly fileName: string;
  /** Records that the file says; the copy has none of its own. */
  readonly records: number;
  readonly bytes: number;
  /** The exchange that is the copy; not there in a preview. */
  readonly resentAs?: string;
  /** `resent`, or `archived` while the partner can't be reached: it goes on with the connector's next work. */
  readonly state?: string;
}

type SentRow = ExchangeRow & { readonly records: number };

/**
 * Sends files that a partner lost once more: the same bytes under the same name, in the order in which they were sent first.
 * The copy says nothing of its own: what the partner answers is about the file itself.
 */
export class ResendHandler implements CommandHandler {
  readonly kind = 'exchange-resend';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly work: OrderedWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal for files that can't be sent again; then none is. Or when a file of that name stands at the partner */
  async carryOut(command: OrderedCommand): Promise<{ files: ResentFile[] }> {
    const { connectorId, exchangeIds, reason, preview } = commandBody(body, command.body);
    const connector = await this.registry.one(connectorId);
    const sent = await this.sentFiles(connector, exchangeIds);
    if (preview) return { files: sent.map(described) };
    if (connector.mode === 'shadow') {
      throw new Refusal('connector-in-shadow', `${connectorId} is in shadow and sends nothing`);
    }
    const copies = await this.exchange.transaction(async (manager) => {
      const ids: string[] = [];
      for (const row of sent) {
        const cutoffKey = `resend:${command.id}:${row.id}`;
        await rows(
          manager,
          `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
             state, correlation_id, file_name, file_sequence, content_hash, bytes, resends_id, decision, started_at, archived_at)
           select $2, connector_id, 'out', kind, $3, business_date, settings_version, $4, 'archived', $5, file_name,
                  file_sequence, content_hash, bytes, id, $6, $7, $7
           from exchange.exchange where id = $1
           on conflict (connector_id, kind, cutoff_key) where direction = 'out' do nothing`,
          [
            row.id,
            randomUUID(),
            cutoffKey,
            connector.mode,
            command.correlationId,
            JSON.stringify(this.decision(command, row, reason)),
            this.clock.now(),
          ],
        );
        const [copy] = await rows<{ id: string }>(
          manager,
          'select id from exchange.exchange where connector_id = $1 and kind = $2 and cutoff_key = $3',
          [connectorId, row.kind, cutoffKey],
        );
        ids.push(copy!.id);
      }
      return ids;
    });
    await this.work.finished(await this.work.goOn(connectorId, copies, command.correlationId));
    return { files: await this.outcome(sent, copies) };
  }

  private decision(command: OrderedCommand, row: ExchangeRow, reason: string): Decision {
    const at = this.clock.now().toISOString();
    return { decision: 'resend', actor: command.actor, reason, at, was: row.state, command: command.id };
  }

  /** In the order in which they were released. */
  private async sentFiles(connector: Connector, ids: readonly string[]): Promise<SentRow[]> {
    const found = await rows<SentRow>(
      this.exchange,
      'select * from exchange.exchange where id = any($1) order by release_number nulls last, started_at',
      [ids],
    );
    const unknown = ids.find((id) => !found.some((row) => row.id === id));
    if (unknown) throw new Refusal('exchange-unknown', `no exchange has the id ${unknown}`);
    for (const row of found) {
      if (row.connector_id !== connector.id) {
        throw new Refusal(
          'exchange-of-another',
          `${row.file_name ?? row.id} is of ${row.connector_id}, not of ${connector.id}`,
        );
      }
      if (row.direction !== 'out' || !['delivered', 'answered'].includes(row.state) || row.content_hash === null) {
        throw new Refusal(
          'exchange-not-sent',
          `${row.file_name ?? row.id} is ${row.state}: only files of ours that were delivered can be sent again`,
        );
      }
    }
    return found;
  }

  private async outcome(sent: readonly SentRow[], copies: readonly string[]): Promise<ResentFile[]> {
    const states = await rows<{ id: string; state: string }>(
      this.exchange,
      'select id, state from exchange.exchange where id = any($1)',
      [copies],
    );
    const files = sent.map((row, index) => {
      const copy = copies[index]!;
      return { ...described(row), resentAs: copy, state: states.find(({ id }) => id === copy)!.state };
    });
    const standing = files.filter(({ state }) => state === 'cancelled').map(({ fileName }) => fileName);
    if (standing.length === 0) return files;
    const others = files.length - standing.length;
    throw new Refusal(
      'file-still-there',
      `${standing.join(', ')} still stands at the partner, which has not taken it, and is left as it is` +
        (others === 0 ? '' : `; the other ${others} went on`),
    );
  }
}

function described(row: SentRow): ResentFile {
  return { exchangeId: row.id, fileName: row.file_name!, records: row.records, bytes: row.bytes! };
}
