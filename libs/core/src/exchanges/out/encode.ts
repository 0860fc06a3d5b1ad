import type { Change, EntryChange, FileFault, JsonValue, PositionContent, PositionState } from '@concord/plugin-sdk';
import type { ArchiveStore } from '../../archive/archive-store.js';
import type { Connector } from '../../connectors/connector.js';
import type { FieldCipher } from '../../crypto/field-cipher.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import type { ExchangeRow } from '../exchange-ledger.js';

const BATCH = 1000;

interface RecordRow {
  readonly sequence: number;
  readonly key: string;
  readonly reference: string;
  readonly state: PositionState;
  readonly amount_minor: number;
  readonly content: PositionContent;
  readonly previous: PositionContent | null;
  readonly entry: EntryChange | null;
}

/** A file as it lies in the archive, and the records that could not be written into it. */
export interface EncodedFile {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
  readonly setAside: readonly { readonly sequence: number; readonly fault: FileFault }[];
}

/**
 * Encodes the records of an exchange in the plugin's process and archives the bytes before anyone else sees them. From the
 * same records it makes the same bytes, so that it may be done again after a crash.
 *
 * @param sequence the file's number in the connector's sequence
 * @param status which of the exchange's records: `released`, or `chosen` for a look at them
 */
export async function encodeExchange(
  parts: {
    readonly exchange: Queryable;
    readonly host: PluginHost;
    readonly archive: Pick<ArchiveStore, 'put'>;
    readonly cipher: FieldCipher;
  },
  connector: Connector,
  row: Pick<ExchangeRow, 'id' | 'kind' | 'business_date'>,
  sequence: number,
  status: 'released' | 'chosen',
): Promise<EncodedFile> {
  const { pluginSource, body } = connector;
  const file = { date: row.business_date, fileSequence: sequence };
  const name = await parts.host.fileName(pluginSource, body.settings, row.kind, file);
  const encoding = parts.host.encode(
    pluginSource,
    body.settings,
    { ...file, kind: row.kind, fileName: name },
    changes(parts.exchange, parts.cipher, row.id, status),
  );
  // One after the other: of an archive that takes no more, its own reason is kept, and not that the encoding was given up.
  const archived = await parts.archive.put(encoding.bytes);
  const { setAside } = await encoding.done;
  return { name, ...archived, setAside };
}

async function* changes(
  exchange: Queryable,
  cipher: FieldCipher,
  exchangeId: string,
  status: string,
): AsyncIterable<{ change: Change; identifiers: Record<string, string> }[]> {
  for (let after = 0; ;) {
    const batch = await rows<RecordRow>(
      exchange,
      `select sequence, key, reference, state, amount_minor, content, previous, entry
       from exchange.record
       where exchange_id = $1 and status = $2 and sequence > $3 order by sequence limit ${BATCH}`,
      [exchangeId, status, after],
    );
    if (batch.length === 0) return;
    after = batch.at(-1)!.sequence;
    const values = await openIdentifiers(
      exchange,
      cipher,
      batch.flatMap(({ content }) => referencesIn(content)),
    );
    yield batch.map((record) => ({
      change: {
        sequence: record.sequence,
        key: record.key,
        reference: record.reference,
        state: record.state,
        amountMinor: record.amount_minor,
        content: record.content,
        previous: record.previous,
        entry: record.entry,
      },
      identifiers: Object.fromEntries(
        referencesIn(record.content).flatMap((id) => {
          const value = values.get(id);
          return value === undefined ? [] : [[id, value]];
        }),
      ),
    }));
  }
}

/** Identifiers are opened here and nowhere else: for the batch that is being written, and only in memory. */
async function openIdentifiers(
  exchange: Queryable,
  cipher: FieldCipher,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; ciphertext: Buffer }>(
    exchange,
    'select id, ciphertext from cases_v1.party_identifier where id = any($1)',
    [[...new Set(ids)]],
  );
  return new Map(
    found.map(({ id, ciphertext }) => [
      id,
      cipher.decrypt(ciphertext, { table: 'cases.party_identifier', column: 'ciphertext', row: id }),
    ]),
  );
}

function referencesIn(value: JsonValue | undefined): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => referencesIn(item));
  const { identifier } = value as { identifier?: JsonValue };
  if (typeof identifier === 'string') return [identifier];
  return Object.values(value as Record<string, JsonValue | undefined>).flatMap((item) => referencesIn(item));
}
