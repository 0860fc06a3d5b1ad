import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** The place behind everything that stands in a file, and behind what was mended or read later. */
export async function nextPlace(manager: EntityManager, exchangeId: string): Promise<number> {
  const [last] = await rows<{ place: number }>(
    manager,
    'select coalesce(max(sequence), 0) + 1 as place from exchange.inbound_record where exchange_id = $1',
    [exchangeId],
  );
  return last!.place;
}

/** How many statements of a range of places ended in each way. */
export interface Outcomes {
  readonly applied: number;
  readonly duplicate: number;
  readonly unmatched: number;
  readonly quarantined: number;
}

export async function outcomesOf(on: Queryable, exchangeId: string, first: number, last: number): Promise<Outcomes> {
  const [found] = await rows<Outcomes>(
    on,
    `select count(*) filter (where status = 'applied') as applied,
            count(*) filter (where status = 'duplicate') as duplicate,
            count(*) filter (where status = 'unmatched') as unmatched,
            count(*) filter (where status = 'quarantined') as quarantined
     from exchange.inbound_record where exchange_id = $1 and sequence between $2 and $3`,
    [exchangeId, first, last],
  );
  return found!;
}
