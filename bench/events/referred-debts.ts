import { OFFICE, TODAY, storeConnector, storeOffice } from '../database/office.ts';
import { settle } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';

/** An agency and two bureaus. */
const CONNECTORS = ['us-tx-example-agency', 'us-tx-example-bureau-1', 'us-tx-example-bureau-2'] as const;
/** An office has more cases than those in which something happens. */
const CASES_PER_CHANGED = 2;

/**
 * Stores an office whose debts stand with partners: one debt a case, a second one in every fourth, each referred to one, two
 * or three connectors. Something happens in the cases whose debtor's reference begins with C.
 *
 * @param changed cases in which something happens
 */
export async function storeReferredDebts(database: BenchDatabase, changed: number): Promise<void> {
  const { owner } = database;
  await storeOffice(database);
  for (const id of CONNECTORS) await storeConnector(database, id, 'replace');
  const statements: readonly [string, readonly unknown[]][] = [
    [
      `insert into cases.party (id, jurisdiction_id, source_reference, kind, surname, first_name)
       select gen_random_uuid(), $3, case when n % $2::integer = 0 then 'C' else 'Q' end || n, 'person', 'OLIVEIRA', 'ELIZABETH'
       from generate_series(1, $1::integer * $2::integer) n`,
      [changed, CASES_PER_CHANGED, OFFICE],
    ],
    [
      `insert into cases.case_file (id, jurisdiction_id, debtor_id, version, opened_at)
       select gen_random_uuid(), $1, id, 0, now() from cases.party order by number`,
      [OFFICE],
    ],
    [
      `insert into cases.debt (id, case_id, jurisdiction_id, source_reference, type, currency, intake_fingerprint,
         intake_effect_minor, registered_at)
       select gen_random_uuid(), c.id, $1, p.source_reference || '-' || i, 'municipal-fine', 'USD', md5(p.source_reference), 100000, now()
       from cases.case_file c join cases.party p on p.id = c.debtor_id
       cross join lateral generate_series(1, case when p.number % 4 = 0 then 2 else 1 end) i order by p.number, i`,
      [OFFICE],
    ],
    [
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, made_on, actor, recorded_at)
       select gen_random_uuid(), case_id, id, 'report', ($1::text[])[i], 'strategy', $2, 'bench', now()
       from cases.debt cross join lateral generate_series(1, 1 + (number % 3)::integer) i order by number, i`,
      [CONNECTORS, TODAY],
    ],
  ];
  for (const [statement, parameters] of statements) await owner.query(statement, [...parameters]);
  await settle(owner);
}

/** The cases in which something happens, as a table expression with id and debt_id, numbered from 0. */
export const CHANGED_CASES = `(
  select c.id, (select min(d.id::text)::uuid from cases.debt d where d.case_id = c.id) as debt_id,
         row_number() over (order by p.number) - 1 as n
  from cases.case_file c join cases.party p on p.id = c.debtor_id where p.source_reference like 'C%')`;
