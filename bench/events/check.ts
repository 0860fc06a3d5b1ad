import type { Client } from 'pg';

/**
 * Holds what the connectors took in against what happened in the cases: nothing waits, every case that changed is known by its
 * newest version, and every debt of it is looked at for every connector that it was referred to.
 *
 * @throws Error with what is not as it should be
 */
export async function checkApplied(owner: Client): Promise<void> {
  const expected: readonly [name: string, query: string, value: number][] = [
    ['events waiting', 'select count(*) from cases.outbox', 0],
    [
      'cases whose newest change was not taken in',
      `select count(*) from cases.case_file c left join exchange.case_seen s on s.consumer = 'positions' and s.case_id = c.id
       where coalesce(s.version, 0) <> c.version`,
      0,
    ],
    [
      'looks that are missing',
      `select count(*) from (
         select r.connector_id, r.debt_id from cases.referral r join cases.case_file c on c.id = r.case_id where c.version > 0
         except select connector_id, subject_id from exchange.look where due_on = '-infinity') l`,
      0,
    ],
    [
      'looks at debts in whose case nothing happened',
      `select count(*) from exchange.look l join cases.debt d on d.id = l.subject_id join cases.case_file c on c.id = d.case_id
       where c.version = 0`,
      0,
    ],
  ];
  for (const [name, query, value] of expected) {
    const { rows } = await owner.query<{ found: number }>(`select (${query})::bigint as found`);
    const found = Number(rows[0]?.found);
    if (found !== value) throw new Error(`${name}: ${found}, and not ${value}`);
  }
}
