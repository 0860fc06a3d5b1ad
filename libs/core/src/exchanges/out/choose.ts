import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { UpdateKind } from '@concord/plugin-sdk';
import { onlyReduces } from '../../connectors/connector.js';
import type { Connector } from '../../connectors/connector.js';
import { affected, rows } from '../../database/sql.js';

/** The cutoff that a file is for. */
export interface CutoffOrder {
  /** The cutoff's name within the connector: it runs once, whatever happens. */
  readonly cutoffKey: string;
  /** Whether it is the full file that a connector sends when it is first enabled. */
  readonly first: boolean;
  readonly businessDate: string;
  readonly correlationId: string;
  readonly at: Date;
}

/**
 * Opens the exchange of a cutoff and chooses its records in one transaction. A cutoff that was opened before is left as
 * it is.
 *
 * @returns the exchange's id, or null for a first file that would say nothing: it is not used up, and waits for debts
 */
export async function openCutoff(
  exchange: DataSource,
  connector: Connector,
  order: CutoffOrder,
): Promise<string | null> {
  return exchange.transaction(async (manager) => {
    const id = randomUUID();
    const [opened] = await rows<{ id: string }>(
      manager,
      `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
         state, correlation_id, started_at)
       values ($1, $2, 'out', $3, $4, $5, $6, $7, 'choosing', $8, $9)
       on conflict (connector_id, kind, cutoff_key) where direction = 'out' do nothing returning id`,
      [
        id,
        connector.id,
        connector.outboundKind,
        order.cutoffKey,
        order.businessDate,
        connector.settingsVersion,
        connector.mode,
        order.correlationId,
        order.at,
      ],
    );
    if (!opened) return existing(manager, connector, order.cutoffKey);
    const chosen = await chooseRecords(manager, connector, id);
    if (chosen === 0 && order.first) {
      await rows(manager, 'delete from exchange.exchange where id = $1', [id]);
      return null;
    }
    return id;
  });
}

async function existing(manager: EntityManager, connector: Connector, cutoffKey: string): Promise<string> {
  const [found] = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange where connector_id = $1 and direction = 'out' and kind = $2 and cutoff_key = $3`,
    [connector.id, connector.outboundKind, cutoffKey],
  );
  return found!.id;
}

/** What the partner may hold at the worst: the most adverse of what is known and what is in flight; and what it was told last. */
const PRESUMED = `
  select (array_agg(exchange.adversity(h.state) order by exchange.adversity(h.state) desc, h.amount_minor desc))[1] as adversity,
         (array_agg(h.amount_minor order by exchange.adversity(h.state) desc, h.amount_minor desc))[1] as amount_minor,
         count(h.content_hash) as in_flight,
         (array_agg(h.content_hash order by h.released_at desc nulls last))[1] as last_hash,
         (array_agg(h.content order by h.released_at desc nulls last))[1] as last_content
  from (
    select p.known_state as state, p.known_amount_minor as amount_minor, null as content_hash,
           p.known_content as content, null::timestamptz as released_at
    union all
    select r.state, r.amount_minor, r.content_hash, r.content, e.released_at
    from exchange.record r join exchange.exchange e on e.id = r.exchange_id
    where r.position_id = p.id and r.status in ('released', 'delivered')
  ) h`;

const LESS_ADVERSE = `(held.adversity > exchange.adversity(p.desired_state)
  or (held.adversity = exchange.adversity(p.desired_state) and held.adversity > 0 and held.amount_minor > p.desired_amount_minor))`;

/** A position that is to be opened, kept or changed, unless the partner refused just this before. */
const STANDING = `(exchange.adversity(p.desired_state) >= 2 and p.parked_hash is distinct from p.desired_hash)`;

/** A reduction that the partner was not told last. */
const NEW_REDUCTION = `(${LESS_ADVERSE} and held.last_hash is distinct from p.desired_hash)`;

/** A difference that nothing in flight may already settle. */
const DIFFERENCE = `(${STANDING} and held.in_flight = 0 and p.desired_hash is distinct from p.known_hash)`;

type TakesFiles = Exclude<UpdateKind, 'delta'>;

/** What a connector may still say that only reduces. To a snapshot everything is told each time. */
const REDUCTIONS: Readonly<Record<TakesFiles, string>> = {
  snapshot: LESS_ADVERSE,
  replace: NEW_REDUCTION,
  balance: NEW_REDUCTION,
};

/** Which positions have something to say, by the way the partner takes updates. A release never waits and is never parked. */
const DUE: Readonly<Record<TakesFiles, string>> = {
  snapshot: `${STANDING} or ${LESS_ADVERSE}`,
  replace: `${DIFFERENCE} or ${NEW_REDUCTION}`,
  balance: `${DIFFERENCE} or ${NEW_REDUCTION}`,
};

/**
 * Chooses what is due and is not in the file yet, set-based. A paused or retiring connector is told reductions only.
 *
 * @param again only positions that were in the file before and fell out: a file about to be released does not grow
 * @returns how many records were added
 */
export async function chooseRecords(
  manager: EntityManager,
  connector: Connector,
  exchangeId: string,
  again = false,
): Promise<number> {
  if (connector.update === 'delta') {
    throw new Error(`connector ${connector.id}: this version has no files of ledger entries`);
  }
  const due = onlyReduces(connector.mode) ? REDUCTIONS[connector.update] : DUE[connector.update];
  return affected(
    manager,
    `insert into exchange.record (exchange_id, sequence, position_id, case_id, case_version, key, reference, state,
       amount_minor, content, content_hash, previous, status)
     select $1, (select coalesce(max(sequence), 0) from exchange.record where exchange_id = $1)
                + row_number() over (order by p.reference, p.key),
            p.id, p.case_id, p.judged_version, p.key, p.reference, p.desired_state, p.desired_amount_minor,
            p.desired_content, p.desired_hash, held.last_content, 'chosen'
     from exchange.position p
     cross join lateral (${PRESUMED}) held
     where p.connector_id = $2 and (${due})
       and not exists (select 1 from exchange.record c
                       where c.exchange_id = $1 and c.position_id = p.id and c.status = 'chosen')
       and (not $3 or exists (select 1 from exchange.record c
                              where c.exchange_id = $1 and c.position_id = p.id and c.status = 'dropped'))`,
    [exchangeId, connector.id, again],
  );
}

/** Chooses the records of a file anew, under the connector's mode as it is now. */
export async function chooseAnew(exchange: DataSource, connector: Connector, exchangeId: string): Promise<void> {
  await exchange.transaction(async (manager) => {
    await rows(
      manager,
      `update exchange.record set status = 'dropped', reason = 'the connector changed its mode'
       where exchange_id = $1 and status = 'chosen'`,
      [exchangeId],
    );
    await rows(manager, 'update exchange.exchange set mode = $2 where id = $1', [exchangeId, connector.mode]);
    await chooseRecords(manager, connector, exchangeId);
  });
}
