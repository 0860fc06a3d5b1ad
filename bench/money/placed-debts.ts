import { OFFICE, PLACEMENT_CONTENT, TODAY, storeConnector, storeOffice } from '../database/office.ts';
import { settle } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import type { Connector } from '@concord/core/connectors/connector';

export const AGENCY = 'us-tx-example-agency';
/** What every debt was assessed at, in cents. */
export const ASSESSED_MINOR = 100_000;
/** The incoming files; a second one brings everything again. */
export const REMITTANCE = '00000000-0000-4000-8000-000000000001';
export const REMITTANCE_AGAIN = '00000000-0000-4000-8000-000000000002';

/** Stores the office, its agency and the two incoming files: what all other rows refer to. */
export async function storeParents(database: BenchDatabase): Promise<Connector> {
  await storeOffice(database);
  const connector = await storeConnector(database, AGENCY, 'delta');
  await database.owner.query(
    `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state,
       correlation_id, content_hash, started_at)
     select id, $2, 'in', 'agency-payments', $3, 1, 'on', 'applying', 'bench', id::text, now() from unnest($1::uuid[]) as e (id)`,
    [[REMITTANCE, REMITTANCE_AGAIN], AGENCY, TODAY],
  );
  return connector;
}

/** Stores debts that the agency has, each in a case of its own with one party. @returns the agency's references of them */
export async function storePlacedDebts({ owner }: BenchDatabase, debts: number): Promise<string[]> {
  const statements: readonly [string, readonly unknown[]][] = [
    [
      `insert into cases.party (id, jurisdiction_id, source_reference, kind, surname, first_name)
       select gen_random_uuid(), $2, 'P' || n, 'person', 'OLIVEIRA', 'ELIZABETH' from generate_series(1, $1::integer) n`,
      [debts, OFFICE],
    ],
    [
      `insert into cases.case_file (id, jurisdiction_id, debtor_id, version, opened_at)
       select gen_random_uuid(), $1, id, 1, now() from cases.party order by number`,
      [OFFICE],
    ],
    [
      `insert into cases.debt (id, case_id, jurisdiction_id, source_reference, type, currency, intake_fingerprint,
         intake_effect_minor, registered_at)
       select gen_random_uuid(), c.id, $1, p.source_reference, 'municipal-fine', 'USD', md5(p.source_reference), $2, now()
       from cases.case_file c join cases.party p on p.id = c.debtor_id order by p.number`,
      [OFFICE, ASSESSED_MINOR],
    ],
    [
      `insert into cases.debt_party (debt_id, party_id, role)
       select d.id, c.debtor_id, 'debtor' from cases.debt d join cases.case_file c on c.id = d.case_id`,
      [],
    ],
    [
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source,
         idempotency_key, actor, recorded_at)
       select gen_random_uuid(), id, case_id, 1, 'assessment', intake_effect_minor, 'USD', '2025-06-02', 'intake',
              'intake:' || source_reference, 'bench', now() from cases.debt order by number`,
      [],
    ],
    [
      `insert into cases.change (case_id, version, kind, subject_id, actor, correlation_id, occurred_at)
       select case_id, 1, 'concord.debt.registered.v1', id, 'bench', 'bench', now() from cases.debt order by number`,
      [],
    ],
    [
      `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state,
         known_amount_minor, known_content, known_hash, known_version, known_on, placed_version)
       select gen_random_uuid(), $1, 'debt', id, '', case_id, lpad(n::text, 9, '0'), 'active', intake_effect_minor,
              ${PLACEMENT_CONTENT}, md5(id::text), 1, $2, 'allow', 'active', intake_effect_minor, ${PLACEMENT_CONTENT},
              md5(id::text), 1, $2, 1
       from (select d.*, d.number as n from cases.debt d order by d.number) d`,
      [AGENCY, TODAY],
    ],
  ];
  for (const [statement, parameters] of statements) await owner.query(statement, [...parameters]);
  await settle(owner);
  const { rows } = await owner.query<{ reference: string }>(
    'select reference from exchange.position order by reference',
  );
  return rows.map(({ reference }) => reference);
}
