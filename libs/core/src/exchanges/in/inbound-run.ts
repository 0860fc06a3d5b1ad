import type { DataSource, EntityManager } from 'typeorm';
import type { ArchiveStore } from '../../archive/archive-store.js';
import type { FileChannel } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { affected, rows } from '../../database/sql.js';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import type { Clock } from '../../platform/clock.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import { advance, noteFailure, readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { announceFindings } from './announce.js';
import { applyBatch } from './apply-batch.js';
import { inParts } from './parts.js';
import type { ApplyContext } from './statements.js';
import { checkFile } from './check.js';
import { recordMissing } from './compare-balances.js';
import { collect, discard, listIncoming } from './collect.js';
import type { IncomingFile } from './collect.js';

export interface InboundParts {
  readonly exchange: DataSource;
  readonly host: PluginHost;
  readonly archive: ArchiveStore;
  readonly clock: Clock;
  readonly checkpoints: CheckpointListener;
  readonly openChannel: (connector: Connector) => Promise<FileChannel>;
}

/** Collects what a partner left for us and applies it, each file and each record once. */
export class InboundRun {
  constructor(private readonly parts: InboundParts) {}

  /**
   * Looks once at the partner's folder and deals with everything that is there, after what an earlier run left unfinished.
   *
   * @returns how many files were dealt with
   */
  async run(connector: Connector, order: { businessDate: string; correlationId: string }): Promise<number> {
    const failures: unknown[] = [];
    const attempt = async (work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => void failures.push(error));
    for (const id of await this.unfinished(connector)) await attempt(this.process(connector, id));
    const channel = await this.parts.openChannel(connector);
    const incoming = await listIncoming(channel, connector);
    for (const file of incoming) await attempt(this.take(channel, connector, file, order));
    // One file that can't be dealt with keeps no other waiting; it is tried again with the next look.
    if (failures.length > 0) throw failures[0];
    return incoming.length;
  }

  private async take(
    channel: FileChannel,
    connector: Connector,
    file: IncomingFile,
    order: { businessDate: string; correlationId: string },
  ): Promise<void> {
    const at = this.parts.clock.now();
    const collected = await collect(this.parts, channel, connector, file, { ...order, at });
    await this.process(connector, collected.exchangeId);
    await discard(channel, connector, collected.remoteName);
  }

  private async unfinished(connector: Connector): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.parts.exchange,
      `select id from exchange.exchange
       where connector_id = $1 and direction = 'in' and state in ('received', 'applying') order by started_at`,
      [connector.id],
    );
    return found.map(({ id }) => id);
  }

  private async process(asOpened: Connector, id: string): Promise<void> {
    try {
      // A file before this one may have been what the connector waited for.
      const connector = { ...asOpened, awaitsAdoption: asOpened.awaitsAdoption && (await this.stillAdopts(asOpened)) };
      const received = await readExchange(this.parts.exchange, id);
      if (received.state === 'received') await this.check(connector, received);
      const checked = await readExchange(this.parts.exchange, id);
      if (checked.state === 'applying') await this.apply(connector, checked);
    } catch (error) {
      await noteFailure(this.parts.exchange, id, 'read', error);
      throw error;
    }
  }

  private async stillAdopts({ id }: Connector): Promise<boolean> {
    const [found] = await rows<{ adopted_on: string | null }>(
      this.parts.exchange,
      'select adopted_on from exchange.connector where id = $1',
      [id],
    );
    return found?.adopted_on === null;
  }

  private async check(connector: Connector, row: ExchangeRow): Promise<void> {
    const faults = await checkFile(this.parts, connector, row);
    const at = this.parts.clock.now();
    await this.parts.exchange.transaction((manager) =>
      faults.length > 0
        ? advance(manager, row, 'refused', at, { failure: { step: 'check', message: faults[0]!.message, faults } })
        : advance(manager, row, 'applying', at),
    );
  }

  private async apply(connector: Connector, row: ExchangeRow): Promise<void> {
    const { exchange, host, archive, clock, checkpoints } = this.parts;
    const { pluginSource, body } = connector;
    const findings = host.decode(
      pluginSource,
      body.settings,
      row.kind,
      row.file_name!,
      archive.open(row.content_hash!),
    );
    const context = (): ApplyContext => ({
      connector,
      exchangeId: row.id,
      businessDate: row.business_date,
      correlationId: row.correlation_id,
      at: clock.now(),
    });
    let next = 1;
    for await (const batch of inParts(findings)) {
      const first = next;
      next += batch.length;
      await exchange.transaction((manager) => applyBatch(manager, context(), first, batch));
      await checkpoints.reached('mid-apply', connector.id);
    }
    await exchange.transaction(async (manager) => {
      if (listsAll(connector, row)) await this.finishList(manager, context(), next - 1);
      await advance(manager, row, 'applied', clock.now());
      await affected(manager, 'update exchange.exchange set records = $2 where id = $1', [row.id, next - 1]);
    });
  }

  /** A list of everything that the partner holds tells by what it leaves out; the first one may be what is taken over. */
  private async finishList(manager: EntityManager, context: ApplyContext, last: number): Promise<void> {
    const { connector, businessDate } = context;
    if (connector.awaitsAdoption) {
      await rows(manager, 'update exchange.connector set adopted_on = $2 where id = $1', [connector.id, businessDate]);
      return;
    }
    const missing = await recordMissing(manager, context, last);
    if (missing > 0) await announceFindings(manager, context, [last + 1, last + missing]);
  }
}

function listsAll({ inbound }: Connector, { kind }: ExchangeRow): boolean {
  return inbound.some((file) => file.kind === kind && file.listsAll);
}
