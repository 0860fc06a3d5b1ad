import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { affected, rows } from '../../database/sql.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { freeHolds } from './exclusive-holds.js';
import { GROWS, LESSENS } from './growth.sql.js';
import { describeHeld } from './held-message.js';
import type { HeldBecause } from './held-message.js';
import { PRESUMED } from './presumed.sql.js';

/** A file that waits. */
export interface HeldFile {
  readonly records: number;
  /** The file with what must not wait; null where there is nothing of it. */
  readonly part: string | null;
}

/**
 * What keeps a file back, and what of it is kept back with it. Over a limit, that is what says more than the partner holds;
 * everything else is told now. Whom a person stops says nothing more, except what makes something less adverse.
 */
const KEPT = { limits: GROWS, person: `not ${LESSENS}` } as const;

/**
 * Holds a file that is not released yet. What must not wait leaves it first, for a file of its own that is released by
 * itself: a stop, a payment or a release never waits for a person.
 *
 * The caller has locked the exchange.
 *
 * @returns undefined where nothing would be left to hold: nothing is changed then
 */
export async function hold(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  because: HeldBecause,
  at: Date,
): Promise<HeldFile | undefined> {
  const kept = 'limits' in because ? KEPT.limits : KEPT.person;
  const sides = await rows<{ sequence: number; kept: boolean; position_id: string }>(
    manager,
    `select r.sequence, ${kept} as kept, r.position_id
     from exchange.record r join exchange.position p on p.id = r.position_id
     cross join lateral (${PRESUMED}) held
     where r.exchange_id = $1 and r.status = 'chosen'`,
    [row.id],
  );
  const staying = sides.filter((side) => side.kept);
  const leaving = sides.filter((side) => !side.kept).map(({ sequence }) => sequence);
  if (staying.length === 0) return undefined;
  const part = leaving.length === 0 ? null : await setApart(manager, row, leaving, at);
  await advance(manager, row, 'held', at, { records: staying.length });
  await rows(manager, 'update exchange.exchange set held = $2, held_at = $3 where id = $1', [
    row.id,
    JSON.stringify({ ...because, toldNow: part }),
    at,
  ]);
  // What kept it from going on before, it does not try any more.
  await clearAlerts(manager, { cause: 'exchange-failed', about: row.id }, at);
  // Another partner may have the debt meanwhile; what is let go on takes it anew.
  await freeHolds(
    manager,
    connector,
    staying.map(({ position_id }) => position_id),
  );
  return { records: staying.length, part };
}

/** Tells people that a file waits for one of them. */
export function alertHeld(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  because: HeldBecause,
  { records }: HeldFile,
  at: Date,
): Promise<void> {
  return raiseAlert(
    manager,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'exchange-held',
      about: row.id,
      message: describeHeld(connector, row, because, records),
      details: { exchange: row.id, kind: row.kind, date: row.business_date, records },
    },
    at,
  );
}

/** Moves records into a file of their own under the same cutoff. @returns its id */
async function setApart(
  manager: EntityManager,
  row: ExchangeRow,
  sequences: readonly number[],
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await rows(
    manager,
    `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
       state, correlation_id, started_at, part_of_id)
     select $2, connector_id, 'out', kind,
            cutoff_key || ':at-once' || (select case when count(*) = 0 then '' else '-' || count(*) + 1 end
                                         from exchange.exchange where part_of_id = $1),
            business_date, settings_version, mode, 'choosing', correlation_id, $3, id
     from exchange.exchange where id = $1`,
    [row.id, id, at],
  );
  await rows(
    manager,
    `update exchange.record set exchange_id = $2 where exchange_id = $1 and sequence = any($3) and status = 'chosen'`,
    [row.id, id, sequences],
  );
  for (const exchangeId of [row.id, id]) await countEntriesAnew(manager, exchangeId);
  return id;
}

/** What a partner holds after an entry is counted over the entries of its file: with fewer of them it is another. */
async function countEntriesAnew(manager: EntityManager, exchangeId: string): Promise<void> {
  await rows(
    manager,
    `update exchange.record e set amount_minor = counted.amount_minor
     from (
       select r.sequence,
              greatest(0, held.amount_minor + sum((r.entry->>'effectMinor')::bigint)
                over (partition by r.position_id order by r.case_version)) as amount_minor
       from exchange.record r join exchange.position p on p.id = r.position_id
       cross join lateral (${PRESUMED}) held
       where r.exchange_id = $1 and r.status = 'chosen' and r.entry_id is not null) counted
     where e.exchange_id = $1 and e.sequence = counted.sequence`,
    [exchangeId],
  );
}

/**
 * Drops from a file that only says what must not wait what would say more than the partner holds by now.
 *
 * @returns how many records that were
 */
export function dropGrowing(manager: EntityManager, exchangeId: string): Promise<number> {
  return affected(
    manager,
    `update exchange.record d set status = 'dropped', reason = 'it would say more than the partner holds'
     from (select r.sequence from exchange.record r join exchange.position p on p.id = r.position_id
           cross join lateral (${PRESUMED}) held
           where r.exchange_id = $1 and r.status = 'chosen' and ${GROWS}) grown
     where d.exchange_id = $1 and d.sequence = grown.sequence`,
    [exchangeId],
  );
}
