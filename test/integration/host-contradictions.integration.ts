import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import { hostFile, openHostDesk } from '../support/host-files.js';
import type { HostDesk } from '../support/host-files.js';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { OFFICE } from '../support/test-office.js';

let database: TestDatabase;
let desk: HostDesk;

beforeEach(async () => {
  database = await openTestDatabase();
  desk = await openHostDesk(database);
});
afterEach(async () => {
  expect(await violations(database.gateway, OFFICE)).toEqual([]);
  await desk.close();
  await database.close();
});

interface Row {
  readonly amount: string;
  readonly customer: string;
  readonly surname?: string;
  readonly delinquent?: string;
  readonly ssn?: string;
}
const row = (key: string, { amount, customer, surname, delinquent, ssn }: Row) =>
  `${key},utility,${amount},,2025-05-01,${delinquent ?? '2025-06-15'},${customer},${surname ?? 'Sample'},` +
  `1 Example Street,Exampleton,75001,${ssn ?? ''}`;
const rulesOf = async (id: string) =>
  (await desk.commands.faults(id, 0, 100)).map(({ line, field, rule }) => [line, field, rule]);
const debts = () =>
  database.asOwner(
    `select d.source_reference as debt, s.balance_minor::int as balance, d.delinquent_on, p.source_reference as debtor,
            p.surname
     from cases.debt d join cases_v1.ledger_sum s on s.debt_id = d.id
     join cases.case_file c on c.id = d.case_id join cases.party p on p.id = c.debtor_id order by 1`,
  );
const ALICE = { debt: 'A', balance: 10_000, delinquent_on: '2025-06-15', debtor: 'C-1', surname: 'Alice' };

describe('a row about somebody else', () => {
  test('of another debtor changes nothing but that the debt is there', async () => {
    await desk.take(
      'picture',
      hostFile('2026-03-02', 1, [row('A', { amount: '100.00', customer: 'C-1', surname: 'Alice' })]),
    );
    const bobs = row('A', { amount: '250.00', customer: 'C-9', surname: 'Bob', delinquent: '2025-09-01' });
    const taken = await desk.take('picture', hostFile('2026-03-03', 1, [bobs]));
    expect(taken).toMatchObject({ state: 'applied', wouldClose: 0, rowsFaulty: 1 });
    expect(await rulesOf(taken.id)).toEqual([[2, 'debtorReference', 'debtor-changed']]);
    expect(await debts()).toEqual([ALICE]);
  });

  test('whose identifier is another changes nothing but that the debt is there', async () => {
    const first = row('A', { amount: '100.00', customer: 'C-1', surname: 'Alice', ssn: '901000001' });
    await desk.take('picture', hostFile('2026-03-02', 1, [first]));
    const other = row('A', {
      amount: '250.00',
      customer: 'C-1',
      surname: 'Bob',
      delinquent: '2025-09-01',
      ssn: '901000002',
    });
    const taken = await desk.take('picture', hostFile('2026-03-03', 1, [other]));
    expect(await rulesOf(taken.id)).toEqual([[2, null, 'identifier-contradicts']]);
    expect(await debts()).toEqual([ALICE]);
    // Without the number that contradicts, the same words are taken.
    await desk.take(
      'picture',
      hostFile('2026-03-04', 1, [row('A', { amount: '120.00', customer: 'C-1', surname: 'Alice' })]),
    );
    expect(await debts()).toEqual([{ ...ALICE, balance: 12_000 }]);
  });

  test('of another host system does not take a debt over for having its reference', async () => {
    await desk.take(
      'changes',
      hostFile('2026-03-02', 1, [`${row('A', { amount: '100.00', customer: 'C-1', surname: 'Alice' })},N`]),
    );
    const theirs = row('A', { amount: '80.00', customer: 'C-1', surname: 'Bob', delinquent: '2025-09-01' });
    const taken = await desk.take('picture', hostFile('2026-03-03', 1, [theirs]), 'parking');
    expect(await rulesOf(taken.id)).toEqual([[2, 'debtReference', 'debt-of-another-system']]);
    // Nor does a picture of that system say that it is gone.
    await desk.take('picture', hostFile('2026-03-04', 1, []), 'parking');
    expect(await debts()).toEqual([ALICE]);
  });

  test('does not take over a debt that came in another way, of another debtor', async () => {
    const debtor = person({ sourceReference: 'C-1', surname: 'Alice', firstName: null });
    const entries = [{ kind: 'assessment' as const, amountMinor: 10_000, on: '2025-05-01', reference: 'bill' }];
    await desk.office.debt(debtRow({ sourceReference: 'A', debtor, entries }));
    const theirs = row('A', { amount: '80.00', customer: 'C-9', surname: 'Bob' });
    const taken = await desk.take('picture', hostFile('2026-03-03', 1, [theirs]));
    expect(await rulesOf(taken.id)).toEqual([[2, 'debtorReference', 'debtor-changed']]);
    expect(await debts()).toEqual([ALICE]);
    await desk.take(
      'picture',
      hostFile('2026-03-04', 1, [row('A', { amount: '80.00', customer: 'C-1', surname: 'Alice' })]),
    );
    expect(await debts()).toEqual([{ ...ALICE, balance: 8_000 }]);
  });
});
