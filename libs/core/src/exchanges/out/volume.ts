import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { median } from '../domain/volume-limits.js';
import type { Usual, Volume } from '../domain/volume-limits.js';
import { ADDS, GROWS, OPENS } from './growth.sql.js';
import { PRESUMED } from './presumed.sql.js';

/** A file's volume, and how many of its records say more than the partner holds. */
export interface FileVolume extends Volume {
  readonly growing: number;
}

/** Measures the chosen records of a file against what the partner may hold now. */
export async function measure(on: Queryable, exchangeId: string): Promise<FileVolume> {
  const [volume] = await rows<FileVolume>(
    on,
    `select count(*) as records, count(*) filter (where ${OPENS}) as adverse, count(*) filter (where ${GROWS}) as growing,
            coalesce(sum(${ADDS}) filter (where ${GROWS}), 0) as "addedMinor"
     from exchange.record r join exchange.position p on p.id = r.position_id
     cross join lateral (${PRESUMED}) held
     where r.exchange_id = $1 and r.status = 'chosen'`,
    [exchangeId],
  );
  return volume!;
}

/**
 * What is usual in a connector's files of a kind. Files that only say what must not wait for a held one are left out: they
 * are small because the day was not usual.
 *
 * @param history how many of the last delivered files are looked at
 */
export async function readUsual(on: Queryable, connectorId: string, kind: string, history: number): Promise<Usual> {
  const files = await rows<{ records: number; adverse: number | null }>(
    on,
    `select records, adverse from exchange.exchange
     where connector_id = $1 and kind = $2 and direction = 'out' and state in ('delivered', 'answered')
       and part_of_id is null
     order by delivered_at desc limit $3`,
    [connectorId, kind, history],
  );
  return {
    files: files.length,
    records: median(files.map(({ records }) => records)),
    adverse: median(files.flatMap(({ adverse }) => (adverse === null ? [] : [adverse]))),
  };
}
