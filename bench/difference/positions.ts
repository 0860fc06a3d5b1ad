import type { Client } from 'pg';
import type { Connector } from '@concord/core/connectors/connector';
import { PLACEMENT_CONTENT, TODAY } from '../database/office.ts';

/** What every debt was assessed at, in cents, and what the office itself was paid of those that changed. */
const ASSESSED_MINOR = 100_000;
const PAID_MINOR = 10_000;

/**
 * Stores positions that the partner holds as it should, with the record that placed every fourth, and for an agency with
 * the ledger entry of each debt. Cases and debts behind them are left out: choosing reads none.
 */
export async function storePositions(
  owner: Client,
  { id: connectorId, update }: Connector,
  count: number,
): Promise<void> {
  await withoutForeignKeys(owner, async () => {
    // In the order of their ids: a million places of an index, one after the other anywhere in it, take minutes.
    await owner.query(
      `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state,
         known_amount_minor, known_content, known_hash, known_version, known_on, placed_version)
       select id, $1, 'debt', id, '', id, lpad(n::text, 9, '0'), 'active', $3, content, md5(id::text), 1, $4, 'allow',
              'active', $3, content, md5(id::text), 1, $4, 1
       from (select n, id, ${PLACEMENT_CONTENT} as content
             from (select row_number() over (order by id) as n, id
                   from (select gen_random_uuid() as id from generate_series(1, $2::integer)) made) numbered offset 0) placed`,
      [connectorId, count, ASSESSED_MINOR, TODAY],
    );
    if (update === 'delta') await storeEntriesAndHolds(owner, connectorId);
    await owner.query(
      `with sent as (
         insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
           state, correlation_id, delivery_outcome, release_number, started_at)
         values (gen_random_uuid(), $1, 'out', 'placements', 'first', $2, 1, 'on', 'answered', 'bench', 'delivered',
           nextval('exchange.release_number'), now()) returning id)
       insert into exchange.record (exchange_id, sequence, position_id, case_id, case_version, key, reference, state,
         amount_minor, content, content_hash, status)
       select sent.id, row_number() over (order by p.reference), p.id, p.case_id, 1, '', p.reference, 'active',
              p.known_amount_minor, p.known_content, p.known_hash, 'accepted'
       from exchange.position p cross join sent
       where p.connector_id = $1 and p.reference::integer % 4 = 0 order by p.id`,
      [connectorId, TODAY],
    );
  });
}

/** What only choosing for an agency reads: the ledger, and which debts it has for itself. */
async function storeEntriesAndHolds(owner: Client, connectorId: string): Promise<void> {
  await owner.query(
    `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source,
       idempotency_key, actor, recorded_at)
     select id, subject_id, case_id, 1, 'assessment', $2, 'USD', $3, 'intake', 'intake', 'bench', now()
     from exchange.position where connector_id = $1 order by id`,
    [connectorId, ASSESSED_MINOR, TODAY],
  );
  await owner.query(
    `insert into exchange.exclusive_hold (exclusive_group, subject_id, position_id)
     select 'place', subject_id, id from exchange.position where connector_id = $1 order by id`,
    [connectorId],
  );
}

/**
 * Changes what is desired of every n-th position, as the daily judgement leaves it. To a partner that takes entries: three
 * in five were paid at the office, one is to be opened, one to be ended. Elsewhere all were paid.
 */
export async function changeEvery(owner: Client, { id: connectorId, update }: Connector, nth: number): Promise<void> {
  const due = `connector_id = $1 and reference::integer % ${nth} = 0 and not differs`;
  const kind = update === 'delta' ? `reference::integer / ${nth} % 5` : '0';
  await withoutForeignKeys(owner, async () => {
    await owner.query(
      `with changed as (
         update exchange.position set
           desired_state = case when ${kind} = 4 then 'closed' else desired_state end,
           desired_amount_minor = desired_amount_minor - case when ${kind} < 3 then $2::integer else 0 end,
           desired_content = desired_content || '{"lastPaidOn": "2026-03-13"}', desired_hash = md5(desired_hash),
           known_state = case when ${kind} = 3 then 'absent' else known_state end,
           known_amount_minor = case when ${kind} = 3 then 0 else known_amount_minor end,
           known_content = case when ${kind} = 3 then null else known_content end,
           known_hash = case when ${kind} = 3 then null else known_hash end, judged_version = 2
         where ${due} returning subject_id, case_id, ${kind} as kind)
       insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
         source, idempotency_key, actor, recorded_at)
       select gen_random_uuid(), subject_id, case_id, 2, 'payment', $2, 'USD', '2026-03-13', 'office', 'office', 'bench', now()
       from changed where kind < 3`,
      [connectorId, PAID_MINOR],
    );
    await owner.query(
      `delete from exchange.exclusive_hold x using exchange.position p
       where p.id = x.position_id and p.connector_id = $1 and p.known_state = 'absent'`,
      [connectorId],
    );
  });
}

/** The rows are whole: looking every reference up would be most of the time. */
async function withoutForeignKeys(owner: Client, work: () => Promise<void>): Promise<void> {
  await owner.query('set session_replication_role = replica');
  try {
    await work();
  } finally {
    await owner.query('reset session_replication_role');
  }
}
