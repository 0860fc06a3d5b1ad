import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { ArchivedContent, ArchiveStore } from '../../archive/archive-store.js';
import type { FileChannel } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { sameNameOf } from '../../connectors/entry/incoming.js';
import { rows } from '../../database/sql.js';
import { noteArrival } from './arrivals.js';
import type { IncomingFile } from './incoming-files.js';
import { wholeDownload } from './whole-download.js';

/** For which day and under whose correlation id a look is made, and when. */
export interface LookOrder {
  readonly businessDate: string;
  readonly correlationId: string;
  readonly at: Date;
}

/** A partner's file, recorded and archived before anything of it is read. */
export interface CollectedFile {
  readonly exchangeId: string;
  readonly contentHash: string;
}

/**
 * Brings one file into the archive and onto the ledger. It is recorded by connector, kind and content: the same bytes again
 * are the same exchange, and one more arrival.
 *
 * @throws StillGrowing when it is not finished; then nothing is recorded
 */
export async function collect(
  parts: { readonly exchange: DataSource; readonly archive: ArchiveStore },
  channel: FileChannel,
  connector: Connector,
  incoming: IncomingFile,
  order: LookOrder,
): Promise<CollectedFile> {
  const { file, kind } = incoming;
  const content = await parts.archive.put(wholeDownload(channel, connector.body.channel.collectFrom, file));
  const { at, businessDate, correlationId } = order;
  return parts.exchange.transaction(async (manager) => {
    const recorded = await record(manager, connector, incoming, content, order);
    const exchangeId = recorded ?? (await earlier(manager, connector, kind, content));
    const repeated = recorded === null;
    const arrival = { exchangeId, connectorId: connector.id, kind, file, businessDate, correlationId, at, repeated };
    await noteArrival(manager, arrival);
    return { exchangeId, contentHash: content.hash };
  });
}

/** @returns the new exchange's id, or null when these bytes came before */
async function record(
  manager: EntityManager,
  connector: Connector,
  { file, kind }: IncomingFile,
  content: ArchivedContent,
  { businessDate, correlationId, at }: LookOrder,
): Promise<string | null> {
  const [recorded] = await rows<{ id: string }>(
    manager,
    `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state,
       correlation_id, file_name, content_hash, bytes, started_at, corrects_id)
     values ($1, $2, 'in', $3, $4, $5, $6, 'received', $7, $8, $9, $10, $11,
       (select id from exchange.exchange
        where $12 and connector_id = $2 and direction = 'in' and kind = $3 and file_name = $8
        order by started_at desc, id limit 1))
     on conflict (connector_id, kind, content_hash) where direction = 'in' do nothing returning id`,
    [
      randomUUID(),
      connector.id,
      kind,
      businessDate,
      connector.settingsVersion,
      connector.mode,
      correlationId,
      file.name,
      content.hash,
      content.bytes,
      at,
      sameNameOf(connector.body, kind) !== 'nothing',
    ],
  );
  return recorded?.id ?? null;
}

async function earlier(
  manager: EntityManager,
  connector: Connector,
  kind: string,
  content: ArchivedContent,
): Promise<string> {
  const [before] = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'in' and kind = $2 and content_hash = $3`,
    [connector.id, kind, content.hash],
  );
  return before!.id;
}
