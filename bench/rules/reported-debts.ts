import type { Client } from 'pg';
import type { Connector } from '@concord/core/connectors/connector';
import { OFFICE, TODAY } from '../database/office.ts';

/** One debt in so many is disputed, and one in so many was never told of. */
const ONE_DISPUTED_IN = 50;
const ONE_UNTOLD_IN = 20;

/**
 * Stores debts with all that rules about reports look at: each with a case, a person who owes it, an assessment and a
 * payment, a notice that was posted two months ago, a referral to the bureau, and the position that it holds. Foreign keys are
 * not looked up: the rows are whole.
 */
export async function storeReportedDebts(owner: Client, { id: bureau }: Connector, count: number): Promise<void> {
  await owner.query('set session_replication_role = replica');
  try {
    await owner.query(
      `create temporary table made as
       select row_number() over (order by id) as n, id
       from (select gen_random_uuid() as id from generate_series(1, $1::integer)) ids`,
      [count],
    );
    for (const [statement, parameters] of statements(bureau)) await owner.query(statement, [...parameters]);
    await owner.query('drop table made');
  } finally {
    await owner.query('reset session_replication_role');
  }
}

/** In the order of their ids: a million places of an index, one after the other anywhere in it, take minutes. */
function statements(bureau: string): readonly (readonly [string, readonly unknown[]])[] {
  return [
    [
      `insert into cases.party (id, jurisdiction_id, source_reference, kind, surname, first_name, address)
       select id, $1, 'P' || n, 'person', 'SAMPLE', 'ROBIN', '{"line1": "1 EXAMPLE STREET", "line2": null,
         "city": "EXAMPLETON", "region": "TX", "postalCode": "75001", "country": "US"}'::jsonb
       from made order by id`,
      [OFFICE],
    ],
    [
      `insert into cases.party_identifier (id, party_id, kind, ciphertext, blind_index)
       select id, id, 'ssn', '\\x00'::bytea, decode(md5(n::text), 'hex') from made order by id`,
      [],
    ],
    [
      `insert into cases.case_file (id, jurisdiction_id, debtor_id, version, opened_at)
       select id, $1, id, 1, now() from made order by id`,
      [OFFICE],
    ],
    [
      `insert into cases.debt (id, case_id, jurisdiction_id, source_reference, type, arose_from_contract,
         original_creditor_name, original_creditor_classification, incurred_on, delinquent_on, currency,
         intake_fingerprint, intake_effect_minor, registered_at)
       select id, id, $1, 'D' || n, 'utility', true, 'EXAMPLE WATER DEPARTMENT', '04',
              $2::date - (n % 600)::integer - 45, $2::date - (n % 600)::integer, 'USD', 'bench', 0, now()
       from made order by id`,
      [OFFICE, TODAY],
    ],
    [`insert into cases.debt_party (debt_id, party_id, role) select id, id, 'debtor' from made order by id`, []],
    [
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
         source, idempotency_key, actor, recorded_at)
       select gen_random_uuid(), id, id, 1, e.kind, e.minor, 'USD', $1::date - (n % 600)::integer, 'intake', e.kind,
              'bench', now()
       from made cross join lateral (values ('assessment', 1000 + n % 50000), ('payment', 500)) as e (kind, minor)
       order by id`,
      [TODAY],
    ],
    [
      `insert into cases.proof (id, case_id, debt_id, kind, happened_on, idempotency_key, actor, recorded_at)
       select id, id, id, 'notice-sent', $1::date - 60, 'told', 'bench', now()
       from made where n % ${ONE_UNTOLD_IN} <> 0 order by id`,
      [TODAY],
    ],
    [
      `insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, source, idempotency_key, actor, recorded_at)
       select id, id, 'case', id, 'dispute', $1::date, 'bench', 'k', 'bench', now()
       from made where n % ${ONE_DISPUTED_IN} = 1 order by id`,
      [TODAY],
    ],
    [
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, made_on, actor, recorded_at)
       select id, id, id, 'report', $1, 'officer', $2::date - 100, 'bench', now() from made order by id`,
      [bureau, TODAY],
    ],
    [
      `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state,
         known_amount_minor, known_content, known_hash, known_version, known_on)
       select id, $1, 'debt', id, '', id, n::text, 'active', 500 + n % 50000, '{}', 'bench', 1, $2::date, 'allow', 'active',
              500 + n % 50000, '{}', 'bench', 1, $2::date
       from made order by id`,
      [bureau, TODAY],
    ],
  ];
}
