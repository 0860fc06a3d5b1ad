import type { Client } from 'pg';
import { AGENCY, ASSESSED_MINOR, REMITTANCE } from './placed-debts.ts';
import { amountAt } from './payments.ts';

/**
 * Holds what the database says against what was paid: every payment once on the ledger, in the versions and the changes of
 * its case, in what the agency is known to hold, and in an event.
 *
 * @throws Error with what is not as it should be
 */
export async function checkOnce(owner: Client, debts: number, each: number): Promise<void> {
  const payments = debts * each;
  let paid = 0;
  for (let place = 0; place < payments; place += 1) paid += amountAt(place);
  const expected: readonly [name: string, query: string, value: number][] = [
    [
      'statements applied',
      `select count(*) from exchange.inbound_record where exchange_id = '${REMITTANCE}' and status = 'applied'`,
      payments,
    ],
    ['keys', 'select count(*) from exchange.applied_key', payments],
    ['findings waiting', 'select count(*) from exchange.outbox', 0],
    ['payments on the ledger', `select count(*) from cases.ledger_entry where kind = 'payment'`, payments],
    ['their sum', `select sum(amount_minor) from cases.ledger_entry where kind = 'payment'`, paid],
    [
      'debts that were not paid so often',
      `select count(*) from (select 1 from cases.ledger_entry where kind = 'payment' group by debt_id having count(*) <> ${each}) d`,
      0,
    ],
    ['events', 'select count(*) from cases.outbox', payments],
    ['cases of another version', `select count(*) from cases.case_file where version <> ${each + 1}`, 0],
    ['changes', 'select count(*) from cases.change', payments + debts],
    [
      'entries that are not the change of their version',
      `select count(*) from cases.ledger_entry e left join cases.change c on c.case_id = e.case_id and c.version = e.case_version and c.subject_id = e.id where e.kind = 'payment' and c.case_id is null`,
      0,
    ],
    [
      'positions known otherwise than the ledger',
      `select count(*) from exchange.position p join (select debt_id, sum(effect_minor) as balance from cases.ledger_entry group by debt_id) l on l.debt_id = p.subject_id where p.connector_id = '${AGENCY}' and p.known_amount_minor <> l.balance`,
      0,
    ],
    ['what the agency holds', 'select sum(known_amount_minor) from exchange.position', debts * ASSESSED_MINOR - paid],
    ['payments in suspense', 'select count(*) from cases.suspense', 0],
  ];
  for (const [name, query, value] of expected) {
    const { rows } = await owner.query<{ found: number }>(`select (${query})::bigint as found`);
    if (rows[0]?.found !== value) throw new Error(`${name}: ${rows[0]?.found} instead of ${value}`);
  }
}
