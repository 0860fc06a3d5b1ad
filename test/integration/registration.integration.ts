import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { debtRow, person } from '../support/intake-builder.js';
import { count, openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;

beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

const debts = (): Promise<number> => count(database.gateway, 'select 1 from cases.debt');
const everythingRecorded = (): Promise<string[]> =>
  database
    .asOwner<{ line: string }>(
      `select t.line from (
         select 'party ' || p::text as line from cases.party p union all
         select 'identifier ' || i::text from cases.party_identifier i union all
         select 'case ' || c::text from cases.case_file c union all
         select 'debt ' || d::text from cases.debt d union all
         select 'entry ' || e::text from cases.ledger_entry e union all
         select 'stop ' || s::text from cases.stop s union all
         select 'proof ' || f::text from cases.proof f union all
         select 'change ' || h::text from cases.change h union all
         select 'event ' || o::text from cases.outbox o) t order by 1`,
    )
    .then((found) => found.map(({ line }) => line));

describe('registering debts', () => {
  test('a known debt with other content is refused and stays as it was', async () => {
    const row = debtRow();
    await office.register([row]);
    const before = await everythingRecorded();
    const [outcome] = await office.register([{ ...row, delinquentOn: '2025-07-01' }]);
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'known-with-other-content' });
    expect(await everythingRecorded()).toEqual(before);
  });

  test('what proves a notice comes with the debt, as the itemisation date does', async () => {
    const [outcome] = await office.register([
      debtRow({
        itemisedOn: '2025-06-20',
        proofs: [
          { kind: 'notice-sent', on: '2025-07-01', reference: 'L-1' },
          { kind: 'notice-returned', on: '2025-07-09', reference: null },
        ],
      }),
      debtRow({ itemisedOn: null, proofs: [] }),
    ]);
    const proofs = await database.asOwner(
      'select debt_id, kind, happened_on, reference, actor from cases.proof order by happened_on',
    );
    const of = { debt_id: outcome?.outcome === 'registered' ? outcome.debtId : null, actor: 'tester' };
    expect(proofs).toEqual([
      { ...of, kind: 'notice-sent', happened_on: '2025-07-01', reference: 'L-1' },
      { ...of, kind: 'notice-returned', happened_on: '2025-07-09', reference: null },
    ]);
    expect(await database.asOwner('select itemised_on from cases.debt order by number')).toEqual([
      { itemised_on: '2025-06-20' },
      { itemised_on: null },
    ]);
  });

  test('a row of a database made before there were proofs is known when it comes again', async () => {
    const row = debtRow({ itemisedOn: null, proofs: [] });
    await office.register([row]);
    // As the first databases wrote it: the digest of the row without the fields that it did not have.
    const { itemisedOn: _, proofs: __, dueOn: ___, judgment: ____, ...first } = row;
    const digest = office.cipher.blindIndex('intake-row', JSON.stringify(first)).toString('hex');
    await database.asOwner('update cases.debt set intake_fingerprint = $1', [digest]);
    expect(await office.register([row])).toMatchObject([{ outcome: 'unchanged' }]);
    const noticed = { ...row, proofs: debtRow().proofs };
    expect(await office.register([noticed])).toMatchObject([{ outcome: 'refused', code: 'known-with-other-content' }]);
  });

  test('a person with another number under the same reference is refused', async () => {
    const robin = person({ dateOfBirth: '1951-07-23' });
    await office.register([debtRow({ debtor: robin })]);
    const asDebtor = debtRow({ debtor: { ...robin, ssn: '901999999' } });
    const asCoDebtor = debtRow({ debtor: person(), coDebtors: [{ ...robin, dateOfBirth: '1951-07-24' }] });
    for (const row of [asDebtor, asCoDebtor]) {
      expect(await office.register([row, debtRow()])).toMatchObject([
        { outcome: 'refused', code: 'identifier-contradicts' },
        { outcome: 'registered' },
      ]);
    }
    expect(await office.register([debtRow({ debtor: robin })])).toMatchObject([{ outcome: 'registered' }]);
    expect(await debts()).toBe(4);
  });

  test('two people under one reference are noticed within one batch, too', async () => {
    const robin = person();
    const outcomes = await office.register([
      debtRow({ debtor: robin }),
      debtRow({ debtor: { ...robin, ssn: '901888888' } }),
    ]);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1);
  });

  test('a row that is refused as somebody else leaves the person on file as they were', async () => {
    const robin = person();
    await office.register([debtRow({ debtor: robin })]);
    const before = await everythingRecorded();
    const stranger = person({ sourceReference: robin.sourceReference, surname: 'Stranger', dateOfBirth: '1961-01-02' });
    const [outcome] = await office.register([debtRow({ debtor: stranger })]);
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(await everythingRecorded()).toEqual(before);
  });

  test('a person who moved is brought up to date, and every case that they are part of takes a new version', async () => {
    const robin = person();
    const other = person();
    await office.register([debtRow({ debtor: robin }), debtRow({ debtor: other, coDebtors: [robin] })]);
    const moved = { ...robin, address: { ...robin.address!, line1: '99 Changed Street' } };
    await office.register([debtRow({ debtor: moved })]);
    const changed = await database.asOwner(
      `select p.source_reference as debtor, count(*) as changes from cases.change h
       join cases.case_file c on c.id = h.case_id join cases.party p on p.id = c.debtor_id
       where h.kind = 'concord.party.changed.v1' group by 1 order by 1`,
    );
    expect(changed).toEqual([
      { debtor: robin.sourceReference, changes: 1 },
      { debtor: other.sourceReference, changes: 1 },
    ]);
  });

  test("a person's stop that every row repeats is one stop; a dispute is one for each debt", async () => {
    const robin = person();
    const stop = (kind: 'insolvency' | 'dispute'): IntakeRow['stops'][number] => ({
      kind,
      startsOn: '2026-02-01',
      endsOn: null,
      details: kind === 'insolvency' ? { chapter: '7' } : {},
    });
    const rows = [1, 2, 3].map(() => debtRow({ debtor: robin, stops: [stop('insolvency'), stop('dispute')] }));
    await office.register(rows.slice(0, 2));
    await office.register(rows.slice(2));
    const stops = await database.asOwner('select kind, scope, count(*) as n from cases.stop group by 1, 2 order by 1');
    expect(stops).toEqual([
      { kind: 'dispute', scope: 'debt', n: 3 },
      { kind: 'insolvency', scope: 'party', n: 1 },
    ]);
  });

  test('a row that is refused is refused each time that it stands in a batch', async () => {
    const robin = person();
    await office.register([debtRow({ debtor: robin })]);
    const row = debtRow({ debtor: { ...robin, ssn: '901777777' } });
    const outcomes = await office.register([row, { ...row }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });

  test('the same row twice in one batch is one debt', async () => {
    const row = debtRow();
    const outcomes = await office.register([row, { ...row }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['registered', 'unchanged']);
    expect(await debts()).toBe(1);
  });
});
