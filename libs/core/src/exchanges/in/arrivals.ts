import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { RemoteFile } from '../../channels/file-channel.js';
import { rows } from '../../database/sql.js';

/** A file as it came: the same bytes may come again and again, and each time counts as having come. */
export interface Arrival {
  readonly exchangeId: string;
  readonly connectorId: string;
  readonly kind: string;
  readonly file: RemoteFile;
  readonly businessDate: string;
  readonly correlationId: string;
  readonly at: Date;
  /** Whether its bytes had come before. */
  readonly repeated: boolean;
}

/** Notes that a file came, once for as long as it lies at the partner: one that could not be taken away is no second one. */
export async function noteArrival(manager: EntityManager, arrival: Arrival): Promise<void> {
  await rows(
    manager,
    `insert into exchange.arrival (id, exchange_id, connector_id, kind, file_name, business_date, correlation_id,
       arrived_at, modified_at, repeated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (exchange_id, file_name) where gone_at is null do nothing`,
    [
      randomUUID(),
      arrival.exchangeId,
      arrival.connectorId,
      arrival.kind,
      arrival.file.name,
      arrival.businessDate,
      arrival.correlationId,
      arrival.at,
      arrival.file.modifiedAt,
      arrival.repeated,
    ],
  );
}

/** A file that was taken and, as far as is known, still lies at the partner. */
export interface LyingArrival {
  readonly name: string;
  /** Whether what is listed is this file, by size and time, and not a later one of its name. */
  isOf(listed: RemoteFile): boolean;
}

export async function arrivalsLying(exchange: DataSource, connectorId: string): Promise<LyingArrival[]> {
  const lying = await rows<{ name: string; bytes: number; modified_at: Date }>(
    exchange,
    `select a.file_name as name, e.bytes, a.modified_at from exchange.arrival a
     join exchange.exchange e on e.id = a.exchange_id
     where a.connector_id = $1 and a.gone_at is null`,
    [connectorId],
  );
  return lying.map(({ name, bytes, modified_at: modifiedAt }) => ({
    name,
    isOf: (listed) =>
      listed.name === name && listed.size === bytes && listed.modifiedAt.getTime() === modifiedAt.getTime(),
  }));
}

/** Closes arrivals whose files are no longer there: what comes under their names now has come anew. */
export async function noteGone(
  exchange: DataSource,
  connectorId: string,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length === 0) return;
  await rows(
    exchange,
    `update exchange.arrival set gone_at = $3
     where connector_id = $1 and gone_at is null and file_name = any($2)`,
    [connectorId, names, at],
  );
}
