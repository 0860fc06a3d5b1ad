import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { ArchiveStore } from '../../archive/archive-store.js';
import { remotePath } from '../../channels/file-channel.js';
import type { FileChannel, RemoteFile } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';

/** Names under which partners write what is not finished yet. */
const UNFINISHED = /\.(tmp|part|filepart)$/i;

/** A file in the partner's folder, and the kind that its name says it is. */
export interface IncomingFile {
  readonly file: RemoteFile;
  readonly kind: string;
}

/** A partner's file, recorded and archived before anything of it is read. */
export interface CollectedFile {
  readonly exchangeId: string;
  readonly remoteName: string;
  /** False when the same bytes were recorded before. */
  readonly fresh: boolean;
}

/** Finished files of the connector's kinds, in the order of their names. */
export async function listIncoming(channel: FileChannel, connector: Connector): Promise<IncomingFile[]> {
  const { files } = await channel.list(connector.body.channel.collectFrom);
  return files
    .filter(({ name }) => !UNFINISHED.test(name))
    .flatMap((file) => {
      const inbound = connector.inbound.find(({ match }) => matches(match, file.name));
      return inbound ? [{ file, kind: inbound.kind }] : [];
    })
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}

/**
 * Brings one file into the archive and onto the ledger. It is recorded by connector, kind and content: the same bytes
 * again are the same exchange.
 */
export async function collect(
  parts: { readonly exchange: DataSource; readonly archive: ArchiveStore },
  channel: FileChannel,
  connector: Connector,
  incoming: IncomingFile,
  order: { readonly businessDate: string; readonly correlationId: string; readonly at: Date },
): Promise<CollectedFile> {
  const { file, kind } = incoming;
  const content = await parts.archive.put(channel.download(connector.body.channel.collectFrom, file.name));
  const id = randomUUID();
  const [recorded] = await rows<{ id: string }>(
    parts.exchange,
    `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state,
       correlation_id, file_name, content_hash, bytes, started_at)
     values ($1, $2, 'in', $3, $4, $5, $6, 'received', $7, $8, $9, $10, $11)
     on conflict (connector_id, kind, content_hash) where direction = 'in' do nothing returning id`,
    [
      id,
      connector.id,
      kind,
      order.businessDate,
      connector.settingsVersion,
      connector.mode,
      order.correlationId,
      file.name,
      content.hash,
      content.bytes,
      order.at,
    ],
  );
  if (recorded) return { exchangeId: id, remoteName: file.name, fresh: true };
  const [before] = await rows<{ id: string }>(
    parts.exchange,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'in' and kind = $2 and content_hash = $3`,
    [connector.id, kind, content.hash],
  );
  return { exchangeId: before!.id, remoteName: file.name, fresh: false };
}

/** Takes a file that has been dealt with away from the partner's folder. */
export async function discard(channel: FileChannel, connector: Connector, remoteName: string): Promise<void> {
  await channel.remove(remotePath(connector.body.channel.collectFrom, remoteName));
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
