import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Connector } from '../connectors/connector.js';
import { lookAtSubjects } from '../positions/looks.js';
import { freeHolds } from './out/exclusive-holds.js';

/** One record of one file that was sent. */
export interface SentRecord {
  readonly exchangeId: string;
  readonly sequence: number;
}

/** Takes what every unanswered record of a file told as held by the partner. */
export function takeRestAsKnown(
  manager: EntityManager,
  connector: Connector,
  date: string,
  exchangeId: string,
): Promise<void> {
  return take(manager, connector, date, `r.exchange_id = $3 and r.status in ('released', 'delivered')`, [exchangeId]);
}

/** Takes what single records told as held by the partner. */
export function takeAsKnown(
  manager: EntityManager,
  connector: Connector,
  date: string,
  records: readonly SentRecord[],
): Promise<void> {
  return take(
    manager,
    connector,
    date,
    '(r.exchange_id, r.sequence) in (select * from unnest($3::uuid[], $4::integer[]))',
    [records.map(({ exchangeId }) => exchangeId), records.map(({ sequence }) => sequence)],
  );
}

interface Taken {
  readonly id: string;
  readonly subject_id: string;
  readonly state: string;
  readonly release_number: number;
}

async function take(
  manager: EntityManager,
  connector: Connector,
  date: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<void> {
  const taken = await takeStatements(manager, connector, date, condition, parameters);
  if (connector.update === 'delta') await takeEntries(manager, connector, date, condition, parameters);
  await supersede(manager, connector, taken);
  await freeHolds(
    manager,
    connector,
    taken.map(({ id }) => id),
  );
}

/**
 * Once the end of a position is taken, nothing is held. What is known from a newer file stands. Where entries follow a
 * placement, what moved since it was sent moves what it said; a mark changes no amount.
 */
async function takeStatements(
  manager: EntityManager,
  connector: Connector,
  date: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<Taken[]> {
  const amount =
    connector.update === 'delta'
      ? `case when p.known_state <> 'absent' then p.known_amount_minor else r.amount_minor + p.moved_minor end`
      : 'r.amount_minor';
  const taken = await rows<Taken>(
    manager,
    `update exchange.position p set
       known_state = case when r.state in ('closed', 'absent') then 'absent' else r.state end,
       known_amount_minor = case when r.state in ('closed', 'absent') then 0 else ${amount} end,
       known_content = case when r.state in ('closed', 'absent') then null else r.content end,
       known_hash = case when r.state in ('closed', 'absent') then null else r.content_hash end,
       known_version = r.case_version, known_on = $2, known_sequence = e.release_number
     from exchange.record r join exchange.exchange e on e.id = r.exchange_id
     where p.id = r.position_id and p.connector_id = $1 and (${condition}) and r.entry_id is null
       and coalesce(p.known_sequence, 0) <= e.release_number
     returning p.id, p.subject_id, r.state, e.release_number`,
    [connector.id, date, ...parameters],
  );
  await lookAtSubjects(manager, connector.id, [...new Set(taken.map(({ subject_id }) => subject_id))]);
  return taken;
}

/** Ledger entries that the partner took move what it holds, or, while its placement is unanswered, what it will hold. */
async function takeEntries(
  manager: EntityManager,
  connector: Connector,
  date: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<void> {
  const moved = await rows<{ subject_id: string }>(
    manager,
    `with told as (
       select r.position_id, sum((r.entry->>'effectMinor')::bigint) as effect, max(r.case_version) as version
       from exchange.record r join exchange.position h on h.id = r.position_id
       where h.connector_id = $1 and (${condition}) and r.entry_id is not null
       group by r.position_id)
     update exchange.position p set
       known_amount_minor = case when p.known_state = 'absent' then 0 else p.known_amount_minor + told.effect end,
       moved_minor = p.moved_minor + told.effect,
       known_version = greatest(p.known_version, told.version), known_on = $2
     from told where p.id = told.position_id returning p.subject_id`,
    [connector.id, date, ...parameters],
  );
  await lookAtSubjects(manager, connector.id, [...new Set(moved.map(({ subject_id }) => subject_id))]);
}

/**
 * A partner that is told everything each time has nothing more to say of older files, and one that was told the end of a
 * position nothing more of its beginning. Their unanswered records are superseded, but only now: until the newer one is
 * taken, the older may be what the partner holds.
 */
async function supersede(manager: EntityManager, connector: Connector, taken: readonly Taken[]): Promise<void> {
  const newer =
    connector.update === 'snapshot' ? taken : taken.filter(({ state }) => state === 'closed' || state === 'absent');
  if (newer.length === 0) return;
  await rows(
    manager,
    `update exchange.record old set status = 'superseded', reason = 'a later file said what holds now'
     from exchange.exchange e, unnest($1::uuid[], $2::bigint[]) as newer (position_id, release_number)
     where e.id = old.exchange_id and old.position_id = newer.position_id and old.status = 'delivered'
       and old.entry_id is null and e.release_number < newer.release_number`,
    [newer.map(({ id }) => id), newer.map(({ release_number }) => release_number)],
  );
}
