import type { DataSource, EntityManager } from 'typeorm';
import type { UpdateKind } from '@concord/plugin-sdk';
import { onlyReduces } from '../../connectors/connector.js';
import type { Connector, OutboundFile } from '../../connectors/connector.js';
import { affected, rows } from '../../database/sql.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';
import { lockExchange } from '../exchange-ledger.js';
import { chooseEntries } from './choose-entries.js';
import { CANDIDATES, PRESUMED } from './presumed.sql.js';

const LESS_ADVERSE = `(held.adversity > exchange.adversity(p.desired_state)
  or (held.adversity = exchange.adversity(p.desired_state) and held.adversity > 0 and held.amount_minor > p.desired_amount_minor))`;

/** A position that is to be opened, kept or changed, unless the partner refused just this before. */
const STANDING = `(exchange.adversity(p.desired_state) >= 2 and p.parked_hash is distinct from p.desired_hash)`;

/** A reduction that the partner was not told last. */
const NEW_REDUCTION = `(${LESS_ADVERSE} and held.last_hash is distinct from p.desired_hash)`;

/**
 * While the adverse output of a jurisdiction is stopped, a file that says something adverse waits here with all its records: a
 * reduction that stands only in such files is told once more, in one that goes out.
 */
const NOT_GONE_OUT = `(not exists (
  select 1 from exchange.record gone join exchange.exchange e on e.id = gone.exchange_id
  where gone.position_id = p.id and gone.status = 'delivered' and gone.content_hash = p.desired_hash
    and gone.entry_id is null and e.state = 'delivered'))`;

/** A difference that nothing in flight may already settle. */
const DIFFERENCE = `(${STANDING} and held.in_flight = 0 and p.desired_hash is distinct from p.known_hash)`;

/**
 * To a partner that takes ledger entries: the opening of what it does not hold, and an end at once. The amount is told by
 * entries alone; a mark on what stands waits for the answer to what is in flight, an end does not.
 */
const OPENING = `(${STANDING} and held.adversity = 0 and (
  select late.sequence from exchange.record late
  where late.position_id = p.id and late.status = 'released' and late.entry_id is not null limit 1) is null)`;
const NEW_END = `(held.adversity > exchange.adversity(p.desired_state) and held.last_hash is distinct from p.desired_hash
  and (exchange.adversity(p.desired_state) < 2 or held.in_flight = 0))`;

/**
 * Follows from the two above, and is known from the position alone: where only the amount of what stands differs, nothing in
 * flight need be looked at.
 */
const NOT_HELD_AS_DESIRED = `(exchange.adversity(p.desired_state) < 3 or exchange.adversity(p.known_state) = 0)`;

/** What a connector may still say that only reduces. To a snapshot everything is told each time. */
const REDUCTIONS: Readonly<Record<UpdateKind, string>> = {
  snapshot: LESS_ADVERSE,
  replace: NEW_REDUCTION,
  balance: NEW_REDUCTION,
  delta: NEW_END,
};

/** The same while files that were released wait here: what they say did not reach the partner. */
const REDUCTIONS_UNDER_STOP: Readonly<Record<UpdateKind, string>> = {
  snapshot: LESS_ADVERSE,
  replace: `(${LESS_ADVERSE} and (${NEW_REDUCTION} or ${NOT_GONE_OUT}))`,
  balance: `(${LESS_ADVERSE} and (${NEW_REDUCTION} or ${NOT_GONE_OUT}))`,
  delta: `(${NEW_END} or (held.adversity > exchange.adversity(p.desired_state) and exchange.adversity(p.desired_state) < 2
    and ${NOT_GONE_OUT}))`,
};

/** Which positions have something to say, by the way the partner takes updates. A release never waits and is never parked. */
const DUE: Readonly<Record<UpdateKind, string>> = {
  snapshot: `${STANDING} or ${LESS_ADVERSE}`,
  replace: `${DIFFERENCE} or ${NEW_REDUCTION}`,
  balance: `${DIFFERENCE} or ${NEW_REDUCTION}`,
  delta: `${NOT_HELD_AS_DESIRED} and (${OPENING} or ${NEW_END})`,
};

/** What another partner of an exclusive group still has is not opened: its end must be known first. */
const FREE = `not (exchange.adversity(p.desired_state) >= 2 and held.adversity = 0 and (
  select x.position_id from exchange.exclusive_hold x
  where x.exclusive_group = $4 and x.subject_id = p.subject_id and x.position_id <> p.id limit 1) is not null)`;

/**
 * What waits for a person with another file is not said by this one as well, unless it became less than what the partner
 * holds: that never waits.
 */
const NOT_WAITING = `(cardinality($6::uuid[]) = 0 or ${LESS_ADVERSE} or (
  select w.sequence from exchange.record w
  where w.position_id = p.id and w.status = 'chosen' and w.exchange_id = any($6) limit 1) is null)`;

/** Files of a connector that wait for a person, or were just let go on by one. */
async function waitingFiles(manager: EntityManager, connectorId: string, except: string): Promise<string[]> {
  const waiting = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'out' and id <> $2 and state in ('choosing', 'held')
       and (state = 'held' or decision is not null)`,
    [connectorId, except],
  );
  return waiting.map(({ id }) => id);
}

/**
 * Chooses what is due for a file and is not in it yet, set-based. A paused or retiring connector is told reductions only.
 *
 * @param again only positions that were in the file before and fell out: a file about to be released does not grow
 * @returns how many records were added
 */
export async function chooseRecords(
  manager: EntityManager,
  connector: Connector,
  file: OutboundFile,
  exchangeId: string,
  again = false,
): Promise<number> {
  const positions =
    file.carries.states.length > 0 ? await choosePositions(manager, connector, file, exchangeId, again) : 0;
  // A ledger entry is a fact that no later change makes stale: nothing falls out, and nothing comes back in.
  const entries = file.carries.entries && !again ? await chooseEntries(manager, connector, exchangeId) : 0;
  return positions + entries;
}

async function choosePositions(
  manager: EntityManager,
  connector: Connector,
  file: OutboundFile,
  exchangeId: string,
  again: boolean,
): Promise<number> {
  const due = dueOf(connector);
  const waiting = await waitingFiles(manager, connector.id, exchangeId);
  // A snapshot says everything each time; elsewhere what is right is not even looked at.
  const among = connector.update === 'snapshot' ? 'exchange.position p' : CANDIDATES;
  return affected(
    manager,
    `insert into exchange.record (exchange_id, sequence, position_id, case_id, case_version, key, reference, state,
       amount_minor, content, content_hash, previous, status)
     select $1, (select coalesce(max(sequence), 0) from exchange.record where exchange_id = $1)
                + row_number() over (order by p.reference, p.key),
            p.id, p.case_id, p.judged_version, p.key, p.reference, p.desired_state, p.desired_amount_minor,
            p.desired_content, p.desired_hash, held.last_content, 'chosen'
     from ${among}
     cross join lateral (${PRESUMED}) held
     where p.connector_id = $2 and p.desired_state = any($5) and (${due}) and ${FREE} and ${NOT_WAITING}
       -- position by position, not as a join: before anything is chosen, a join is planned for no rows at all
       and (select c.sequence from exchange.record c
            where c.exchange_id = $1 and c.position_id = p.id and c.status = 'chosen' limit 1) is null
       and (not $3 or exists (select 1 from exchange.record c
                              where c.exchange_id = $1 and c.position_id = p.id and c.status = 'dropped'))`,
    [exchangeId, connector.id, again, exclusiveGroup(connector.act), file.carries.states, waiting],
  );
}

function dueOf({ mode, update, adverseStop }: Connector): string {
  if (!onlyReduces(mode)) return DUE[update];
  return adverseStop === null ? REDUCTIONS[update] : REDUCTIONS_UNDER_STOP[update];
}

/** Chooses the records of a file anew, under the connector's mode as it is now. */
export async function chooseAnew(
  exchange: DataSource,
  connector: Connector,
  file: OutboundFile,
  exchangeId: string,
): Promise<void> {
  await exchange.transaction(async (manager) => {
    const row = await lockExchange(manager, exchangeId);
    if (row.state !== 'choosing') return;
    if (row.part_of_id !== null) {
      // It only says what must not wait, which every mode allows to be said.
      await rows(manager, 'update exchange.exchange set mode = $2 where id = $1', [exchangeId, connector.mode]);
      return;
    }
    await rows(
      manager,
      `update exchange.record set status = 'dropped', reason = 'the connector changed its mode'
       where exchange_id = $1 and status = 'chosen'`,
      [exchangeId],
    );
    // What a person let go on were other records.
    await rows(manager, 'update exchange.exchange set mode = $2, decision = null where id = $1', [
      exchangeId,
      connector.mode,
    ]);
    await chooseRecords(manager, connector, file, exchangeId);
  });
}
