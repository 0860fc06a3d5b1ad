import type { DataSource, EntityManager } from 'typeorm';
import type { ArchiveStore } from '../../archive/archive-store.js';
import type { FileChannel } from '../../channels/file-channel.js';
import { officeDate } from '../../configuration/office-date.js';
import type { Connector } from '../../connectors/connector.js';
import { affected, rows } from '../../database/sql.js';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import type { Clock } from '../../platform/clock.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import { advance, noteFailure, readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { lockIncoming } from './lock-incoming.js';
import { announceFindings } from './announce.js';
import { applyBatch } from './apply-batch.js';
import { arrivalsLying, noteGone } from './arrivals.js';
import { checkFile, readArchived } from './check.js';
import { clearAway } from './clear-away.js';
import { collect } from './collect.js';
import type { CollectedFile, LookOrder } from './collect.js';
import { recordMissing } from './compare-balances.js';
import { noteLeftAlone } from './files-left-alone.js';
import { finishedFiles } from './incoming-files.js';
import type { IncomingFile } from './incoming-files.js';
import { inParts } from './parts.js';
import { noteQuarantine } from './quarantine.js';
import { clearRefusals, refuseFile } from './refused-file.js';
import { clearReplaced } from './same-statements.js';
import { leaveToPerson } from './same-name.js';
import type { ApplyContext } from './statements.js';
import { StillGrowing } from './whole-download.js';

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
  constructor(readonly parts: InboundParts) {}

  /**
   * Looks once at the partner's folder and deals with everything finished that is there, after what an earlier run left
   * unfinished.
   *
   * @returns how many files were dealt with
   */
  async run(connector: Connector, order: { businessDate: string; correlationId: string }): Promise<number> {
    const failures: unknown[] = [];
    const attempt = async <T>(work: Promise<T>): Promise<T | null> =>
      work.catch((error: unknown) => {
        failures.push(error);
        return null;
      });
    for (const id of await this.unfinished(connector)) await attempt(this.process(connector, id));
    const channel = await this.parts.openChannel(connector);
    const incoming = await this.look(channel, connector);
    let taken = 0;
    for (const file of incoming) {
      const look = { ...order, at: this.parts.clock.now() };
      if ((await attempt(this.take(channel, connector, file, look))) === true) taken += 1;
    }
    // One file that can't be dealt with keeps no other waiting; it is tried again with the next look.
    if (failures.length > 0) throw failures[0];
    return taken;
  }

  private async look(channel: FileChannel, connector: Connector): Promise<IncomingFile[]> {
    const { exchange, clock } = this.parts;
    const { files, skipped } = await channel.list(connector.body.channel.collectFrom);
    await noteLeftAlone(exchange, connector, skipped, clock.now());
    const listed = new Map(files.map((file) => [file.name, file]));
    const gone = (await arrivalsLying(exchange, connector.id)).filter((arrival) => {
      const file = listed.get(arrival.name);
      return file === undefined || !arrival.isOf(file);
    });
    await noteGone(
      exchange,
      connector.id,
      gone.map(({ name }) => name),
      clock.now(),
    );
    return finishedFiles(exchange, connector, files, clock.now());
  }

  /** @returns false for a file that is still being written: it is left for the next look, and nothing is recorded */
  private async take(
    channel: FileChannel,
    connector: Connector,
    file: IncomingFile,
    order: LookOrder,
  ): Promise<boolean> {
    let collected: CollectedFile;
    try {
      collected = await collect(this.parts, channel, connector, file, order);
    } catch (error) {
      if (error instanceof StillGrowing) return false;
      throw error;
    }
    await this.process(connector, collected.exchangeId);
    await clearAway(channel, connector, file, collected);
    await noteGone(this.parts.exchange, connector.id, [file.file.name], this.parts.clock.now());
    return true;
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

  /** Goes on with one recorded file, from wherever it stands, until it is applied, refused, or waits for a person. */
  async process(asOpened: Connector, id: string): Promise<void> {
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
    const { exchange, clock } = this.parts;
    if (await leaveToPerson(exchange, connector, row, clock.now())) return;
    const { faults, said } = await checkFile(this.parts, connector, row);
    await exchange.transaction(async (manager) => {
      if ((await lockIncoming(manager, row.id)).state !== 'received') return;
      if (faults.length > 0) {
        await refuseFile(manager, connector, row, { faults, said }, clock.now());
        return;
      }
      await advance(manager, row, 'applying', clock.now());
      await clearRefusals(manager, connector, row, clock.now());
    });
  }

  private async apply(connector: Connector, row: ExchangeRow): Promise<void> {
    const { exchange, clock, checkpoints } = this.parts;
    const context = await this.contextOf(connector, row);
    let next = 1;
    for await (const batch of inParts(readArchived(this.parts, connector, row))) {
      const first = next;
      next += batch.length;
      await exchange.transaction(async (manager) => {
        // Who else went on with this file has ended it: nothing of it is left to apply.
        if ((await lockIncoming(manager, row.id)).state !== 'applying') return;
        await applyBatch(manager, { ...context, at: clock.now() }, first, batch);
      });
      await checkpoints.reached('mid-apply', connector.id);
    }
    await exchange.transaction(async (manager) => {
      if ((await lockIncoming(manager, row.id)).state !== 'applying') return;
      if (listsAll(connector, row)) await this.finishList(manager, { ...context, at: clock.now() }, next - 1);
      await advance(manager, row, 'applied', clock.now());
      await clearReplaced(manager, connector, row, clock.now());
      await affected(manager, 'update exchange.exchange set records = $2 where id = $1', [row.id, next - 1]);
      await noteQuarantine(manager, row.id, clock.now());
    });
  }

  /** What a person had read again, or decided about, is booked on the office's today: the day of the file may be closed. */
  async contextOf(connector: Connector, row: ExchangeRow, isLate = row.decision !== null): Promise<ApplyContext> {
    const { exchange, clock } = this.parts;
    const { correlationId = row.correlation_id } = (row.decision ?? {}) as { readonly correlationId?: string };
    const context = { connector, exchangeId: row.id, correlationId, at: clock.now() };
    if (!isLate) return { ...context, businessDate: row.business_date };
    const businessDate = await officeDate(exchange, clock, connector.jurisdictionId);
    return { ...context, businessDate, late: { saidAt: row.started_at, saidOn: row.business_date } };
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
