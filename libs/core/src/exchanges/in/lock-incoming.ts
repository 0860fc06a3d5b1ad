import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** @throws Refusal `exchange-unknown`, or `exchange-outgoing` for a file of ours */
export function readIncoming(on: Queryable, id: string): Promise<ExchangeRow> {
  return read(on, id, '');
}

/**
 * Reads an incoming file and holds it until the caller's transaction ends: of what people and jobs do to one file, one thing
 * happens at a time.
 *
 * @throws Refusal as {@link readIncoming}
 */
export function lockIncoming(manager: EntityManager, id: string): Promise<ExchangeRow> {
  return read(manager, id, 'for no key update');
}

async function read(on: Queryable, id: string, locking: string): Promise<ExchangeRow> {
  const [exchange] = await rows<ExchangeRow>(on, `select * from exchange.exchange where id = $1 ${locking}`, [id]);
  if (!exchange) throw new Refusal('exchange-unknown', `no exchange has the id ${id}`);
  if (exchange.direction === 'out') {
    throw new Refusal('exchange-outgoing', `${exchange.file_name ?? id} is a file of ours, not one of the partner's`);
  }
  return exchange;
}
