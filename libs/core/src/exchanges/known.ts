import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Connector } from '../connectors/connector.js';
import { lookAtSubjects } from '../positions/looks.js';

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

/**
 * Once the end of a position is taken, nothing is held. What is known from a newer file stands. A partner that is told
 * everything each time has nothing more to say of older files: their unanswered records are superseded, but only now, for
 * until the newer one is taken the older may be what it holds.
 */
async function take(
  manager: EntityManager,
  connector: Connector,
  date: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<void> {
  const taken = await rows<{ id: string; subject_id: string; file_sequence: number }>(
    manager,
    `update exchange.position p set
       known_state = case when r.state in ('closed', 'absent') then 'absent' else r.state end,
       known_amount_minor = case when r.state in ('closed', 'absent') then 0 else r.amount_minor end,
       known_content = case when r.state in ('closed', 'absent') then null else r.content end,
       known_hash = case when r.state in ('closed', 'absent') then null else r.content_hash end,
       known_version = r.case_version, known_on = $2, known_sequence = e.file_sequence
     from exchange.record r join exchange.exchange e on e.id = r.exchange_id
     where p.id = r.position_id and p.connector_id = $1 and (${condition})
       and coalesce(p.known_sequence, 0) <= e.file_sequence
     returning p.id, p.subject_id, e.file_sequence`,
    [connector.id, date, ...parameters],
  );
  if (connector.update === 'snapshot') {
    await rows(
      manager,
      `update exchange.record old set status = 'superseded'
       from exchange.exchange e, unnest($1::uuid[], $2::integer[]) as newer (position_id, file_sequence)
       where e.id = old.exchange_id and old.position_id = newer.position_id and old.status = 'delivered'
         and e.file_sequence < newer.file_sequence`,
      [taken.map(({ id }) => id), taken.map(({ file_sequence }) => file_sequence)],
    );
  }
  await lookAtSubjects(manager, connector.id, [...new Set(taken.map(({ subject_id }) => subject_id))]);
}
