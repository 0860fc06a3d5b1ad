import type { Client } from 'pg';
import { OFFICE, TODAY } from '../database/office.ts';

/** One debtor in so many has a dispute. */
const ONE_DISPUTED_IN = 50;

/**
 * Stores debts of an office, each with a case, a debtor and two ledger entries: half of them with an agency since long
 * ago, a tenth given back by one, and the others referred to nobody. Foreign keys are not looked up: the rows are whole.
 */
export async function storeDebts(owner: Client, count: number): Promise<void> {
  await owner.query('set session_replication_role = replica');
  try {
    await owner.query(
      'create temporary table made as select n, gen_random_uuid() as id from generate_series(1, $1::integer) n',
      [count],
    );
    await owner.query(
      `insert into cases.party (id, jurisdiction_id, source_reference, kind, surname, address)
       select id, $1, 'P' || n, case when n % 10 = 0 then 'business' else 'person' end, 'SAMPLE',
              case when n % 20 <> 0 then '{"line1": "1 EXAMPLE STREET"}'::jsonb end
       from made order by id`,
      [OFFICE],
    );
    await owner.query(
      `insert into cases.case_file (id, jurisdiction_id, debtor_id, version, opened_at)
       select id, $1, id, 1, now() from made order by id`,
      [OFFICE],
    );
    await owner.query(
      `insert into cases.debt (id, case_id, jurisdiction_id, source_reference, type, incurred_on, delinquent_on, currency,
         intake_fingerprint, intake_effect_minor, registered_at)
       select id, id, $1, 'D' || n, case when n % 5 = 0 then 'permit' else 'water' end, $2::date - n % 700,
              $2::date - n % 600, 'USD', 'bench', 0, now()
       from made order by n`,
      [OFFICE, TODAY],
    );
    await owner.query(
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source,
         idempotency_key, actor, recorded_at)
       select gen_random_uuid(), id, id, 1, e.kind, e.minor, 'USD', $1::date - n % 600, 'intake', e.kind, 'bench', now()
       from made cross join lateral (values ('assessment', 1000 + n % 50000), ('payment', 500)) as e (kind, minor)
       order by id`,
      [TODAY],
    );
    await owner.query(
      `insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, source, idempotency_key, actor, recorded_at)
       select gen_random_uuid(), id, 'case', id, 'dispute', $1::date, 'bench', 'k', 'bench', now()
       from made where n % ${ONE_DISPUTED_IN} = 1`,
      [TODAY],
    );
    await owner.query(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, strategy_id, exclusive_group, made_on,
         withdrawn_on, withdrawn_reason, end_kind, actor, recorded_at)
       select gen_random_uuid(), id, id, 'place', 'agency-' || case when n % 3 = 0 then 'a' else 'b' end, 'strategy', 'place',
              'place', $1::date - 400, case when n % 10 = 1 then $1::date - 60 end,
              case when n % 10 = 1 then 'bench' end, case when n % 10 = 1 then 'returned' end, 'bench', now()
       from made where n % 2 = 0 or n % 10 = 1 order by id`,
      [TODAY],
    );
    await owner.query(
      `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state)
       select gen_random_uuid(), 'agency-' || case when n % 3 = 0 then 'a' else 'b' end, 'debt', id, '', id, n::text,
              'active', 1, '{}', 'bench', 1, $1::date, 'allow', 'active'
       from made where n % 2 = 0 order by id`,
      [TODAY],
    );
    await owner.query('drop table made');
  } finally {
    await owner.query('reset session_replication_role');
  }
}
