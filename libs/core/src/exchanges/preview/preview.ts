import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import { outboundFile } from '../../connectors/connector.js';
import { DEFAULT_LIMITS } from '../../connectors/entry/limits.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { recomputeWithin } from '../../positions/recompute.js';
import { exceededLimits } from '../domain/volume-limits.js';
import { readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { chooseRecords } from '../out/choose.js';
import { encodeExchange } from '../out/encode.js';
import { takeHolds } from '../out/exclusive-holds.js';
import { dropGrowing } from '../out/hold.js';
import { openCutoffWithin } from '../out/open-cutoff.js';
import type { OutboundParts } from '../out/outbound-run.js';
import { alreadyTold, drop, recheck } from '../out/release.js';
import { measure, readUsual } from '../out/volume.js';
import { firstBytes } from './first-bytes.js';
import type { FirstBytes } from './first-bytes.js';
import type { PreviewedFile } from './previewed-file.js';
import { explainChosen, listSaid } from './record-reasons.js';
import { rolledBack } from './rolled-back.js';

export type PreviewParts = Pick<OutboundParts, 'exchange' | 'host' | 'archive' | 'cipher' | 'clock'>;

/** Builds files to be looked at. Nothing that it does stays: no record, no number, no judgement, nothing in the archive. */
export class Preview {
  constructor(private readonly parts: PreviewParts) {}

  /**
   * What a connector would send on a day, judged as of that day, in the order in which it would be sent. Files with nothing to
   * say are left out.
   */
  ofConnector(connector: Connector, date: string): Promise<PreviewedFile[]> {
    return rolledBack(this.parts.exchange, async (manager) => {
      await recomputeWithin(manager, this.parts.host, connector, { asOf: date, bookedOn: date });
      const order = {
        cutoffKey: `preview:${randomUUID()}`,
        first: false,
        businessDate: date,
        correlationId: 'preview',
      };
      const ids = await openCutoffWithin(manager, connector, { ...order, at: this.parts.clock.now() });
      const files: PreviewedFile[] = [];
      for (const id of ids) files.push(...(await this.asReleasedNow(manager, connector, id, date)));
      return files;
    });
  }

  /**
   * A file of ours: as it would go out now, or as it went.
   *
   * @param date the day that it is judged as of
   * @throws Refusal `exchange-without-file` where nothing was built, or nothing was left to say
   */
  async ofExchange(connector: Connector, row: ExchangeRow, date: string): Promise<PreviewedFile[]> {
    if (row.content_hash !== null) return [await this.asArchived(row)];
    if (row.state === 'released') {
      return [await this.encoded(this.parts.exchange.manager, connector, row, row.file_sequence!, 'released')];
    }
    if (row.state !== 'choosing' && row.state !== 'held') {
      throw new Refusal('exchange-without-file', `this exchange is ${row.state}: there is no file of it`);
    }
    return rolledBack(this.parts.exchange, async (manager) => {
      const file = outboundFile(connector, row.kind);
      await recomputeWithin(manager, this.parts.host, connector, { asOf: date, bookedOn: row.business_date });
      if ((await this.dropStale(manager, row.id, date)) > 0)
        await chooseRecords(manager, connector, file, row.id, true);
      return this.asReleasedNow(manager, connector, row.id, date);
    });
  }

  /** What the re-check would leave of a file, as the bytes that it would have. */
  private async asReleasedNow(
    manager: EntityManager,
    connector: Connector,
    id: string,
    date: string,
  ): Promise<PreviewedFile[]> {
    const row = await readExchange(manager, id);
    await this.dropStale(manager, id, date);
    await drop(manager, id, await alreadyTold(manager, connector, id), 'another file told it meanwhile');
    await drop(manager, id, await takeHolds(manager, connector, id), 'another partner still has this debt');
    if (row.part_of_id !== null) await dropGrowing(manager, id);
    const [last] = await rows<{ last: number }>(
      manager,
      'select last from exchange.file_sequence where connector_id = $1 and kind = $2',
      [connector.id, row.kind],
    );
    const volume = await measure(manager, id);
    if (volume.records === 0) return [];
    const limits = connector.body.limits ?? DEFAULT_LIMITS;
    const usual = await readUsual(manager, connector.id, row.kind, limits.history);
    const over = volume.growing === 0 ? [] : exceededLimits(volume, usual, limits);
    const file = await this.encoded(manager, connector, row, (last?.last ?? 0) + 1, 'chosen');
    return [{ ...file, compared: { usual, volume, over } }];
  }

  private async dropStale(manager: EntityManager, id: string, date: string): Promise<number> {
    const stale = (await recheck(manager, id, date, this.parts.clock.now())).filter((record) => record.stale);
    const sequences = stale.map(({ sequence }) => sequence);
    await drop(manager, id, sequences, 'the case changed before the file was released');
    return stale.length;
  }

  private async encoded(
    manager: EntityManager,
    connector: Connector,
    row: ExchangeRow,
    sequence: number,
    status: 'released' | 'chosen',
  ): Promise<PreviewedFile> {
    let kept: FirstBytes = { beginning: Buffer.alloc(0), bytes: 0 };
    const archive = {
      put: async (source: AsyncIterable<Uint8Array>) => {
        kept = await firstBytes(source);
        return { hash: '', bytes: kept.bytes };
      },
    };
    const recordList = status === 'chosen' ? await explainChosen(manager, row.id) : await listSaid(manager, row.id);
    const [said] = await rows<{ records: number }>(
      manager,
      'select count(*) as records from exchange.record where exchange_id = $1 and status = $2',
      [row.id, status],
    );
    const parts = { exchange: manager, host: this.parts.host, archive, cipher: this.parts.cipher };
    const { name, bytes, setAside } = await encodeExchange(parts, connector, row, sequence, status);
    return {
      kind: row.kind,
      fileName: name,
      records: said!.records - setAside.length,
      bytes,
      beginning: kept.beginning,
      truncated: bytes > kept.beginning.length,
      recordList,
      leftOut: setAside.map((each) => ({ sequence: each.sequence, reason: each.fault.message })),
      compared: null,
    };
  }

  private async asArchived(row: ExchangeRow): Promise<PreviewedFile> {
    const { beginning, bytes } = await firstBytes(this.parts.archive.open(row.content_hash!));
    const recordList = await listSaid(this.parts.exchange, row.id);
    const [said] = await rows<{ records: number }>(
      this.parts.exchange,
      `select count(*) as records from exchange.record where exchange_id = $1 and status not in ('dropped', 'set-aside')`,
      [row.id],
    );
    return {
      kind: row.kind,
      fileName: row.file_name!,
      records: said!.records,
      bytes,
      beginning,
      truncated: bytes > beginning.length,
      recordList,
      leftOut: [],
      compared: null,
    };
  }
}
