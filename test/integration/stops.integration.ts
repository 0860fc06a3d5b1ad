import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StopKind } from '@concord/plugin-sdk';
import { listStops } from '@concord/core/cases/case-reads';
import type { StopSubject } from '@concord/core/cases/stops';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, openTestOffice, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;
/** Robin owes two debts of a case and shares a third in somebody else's case; that case has a fourth without Robin. */
let robin: RegisteredDebt;
let second: RegisteredDebt;
let shared: RegisteredDebt;
let unrelated: RegisteredDebt;
let keys = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
  const debtor = person();
  const other = person();
  robin = await office.debt(debtRow({ debtor }));
  second = await office.debt(debtRow({ debtor }));
  shared = await office.debt(debtRow({ debtor: other, coDebtors: [debtor] }));
  unrelated = await office.debt(debtRow({ debtor: other }));
});
afterAll(() => database.close());

function place(subject: StopSubject, kind: StopKind = 'dispute', changes: { endsOn?: string; key?: string } = {}) {
  keys += 1;
  return office.commands.placeStop(asked(), {
    subject,
    kind,
    startsOn: null,
    endsOn: changes.endsOn ?? null,
    details: kind === 'insolvency' ? { chapter: '13', filedOn: TODAY } : {},
    source: 'test',
    idempotencyKey: changes.key ?? `stop-${keys}`,
  });
}

const reached = async (stopId: string): Promise<string[]> => {
  const debts = { robin, second, shared, unrelated };
  const found: string[] = [];
  for (const [name, { id }] of Object.entries(debts)) {
    const stops = (await listStops(database.gateway, id)) as { id: string }[];
    if (stops.some((stop) => stop.id === stopId)) found.push(name);
  }
  return found;
};
const told = async (subjectId: string, kind: string): Promise<string[]> =>
  (
    await database.asOwner<{ case_id: string }>(
      'select case_id from cases.change where subject_id = $1 and kind = $2',
      [subjectId, kind],
    )
  )
    .map(({ case_id }) => case_id)
    .sort();

describe('a stop', () => {
  test('of a debt reaches that debt alone', async () => {
    const { stopId, placed } = await place({ kind: 'debt', id: second.id });
    expect(placed).toBe(true);
    expect(await reached(stopId)).toEqual(['second']);
    expect(await told(stopId, 'concord.stop.placed.v1')).toEqual([robin.caseId]);
  });

  test('of a case reaches every debt of the case', async () => {
    const { stopId } = await place({ kind: 'case', id: robin.caseId });
    expect(await reached(stopId)).toEqual(['robin', 'second']);
    expect(await told(stopId, 'concord.stop.placed.v1')).toEqual([robin.caseId]);
  });

  test('of a party reaches that person in every case, and tells each of them', async () => {
    const { stopId } = await place({ kind: 'party', id: robin.debtorId }, 'insolvency');
    expect(await reached(stopId)).toEqual(['robin', 'second', 'shared']);
    expect(await told(stopId, 'concord.stop.placed.v1')).toEqual([robin.caseId, shared.caseId].sort());
    const [stop] = await database.asOwner('select case_id from cases.stop where id = $1', [stopId]);
    expect(stop).toEqual({ case_id: robin.caseId });
  });

  test("begins on the office's today when no day is named, and must not end before it begins", async () => {
    const { stopId } = await place({ kind: 'debt', id: robin.id });
    const [stop] = await database.asOwner('select starts_on from cases.stop where id = $1', [stopId]);
    expect(stop).toEqual({ starts_on: TODAY });
    await expect(place({ kind: 'debt', id: robin.id }, 'dispute', { endsOn: '2026-03-15' })).rejects.toMatchObject({
      code: 'stop-dates',
    });
  });

  test('is placed once for its key, and another one with that key is refused', async () => {
    const first = await place({ kind: 'debt', id: robin.id }, 'dispute', { key: 'same' });
    expect(await place({ kind: 'debt', id: robin.id }, 'dispute', { key: 'same' })).toEqual({
      ...first,
      placed: false,
    });
    await expect(place({ kind: 'debt', id: robin.id }, 'deceased', { key: 'same' })).rejects.toMatchObject({
      code: 'key-reused',
    });
  });

  test('of somebody who is not known is refused', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    for (const kind of ['case', 'debt', 'party'] as const) {
      await expect(place({ kind, id })).rejects.toMatchObject({ code: 'subject-unknown' });
    }
  });

  test('is lifted once, in every case that it reached', async () => {
    const { stopId } = await place({ kind: 'party', id: robin.debtorId }, 'active-duty');
    expect(await office.commands.liftStop(asked(), stopId)).toEqual({ lifted: true });
    expect(await office.commands.liftStop(asked(), stopId)).toEqual({ lifted: false });
    expect(await told(stopId, 'concord.stop.lifted.v1')).toEqual([robin.caseId, shared.caseId].sort());
    const [stop] = await database.asOwner('select lifted_on from cases.stop where id = $1', [stopId]);
    expect(stop).toEqual({ lifted_on: TODAY });
    await expect(office.commands.liftStop(asked(), robin.id)).rejects.toMatchObject({ code: 'stop-unknown' });
  });

  test('many at once on one case are all placed', async () => {
    const debt = await office.debt(debtRow());
    const placing = Array.from({ length: 4 }, () => place({ kind: 'case', id: debt.caseId }, 'hearing-pending'));
    const outcomes = await Promise.allSettled(placing);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))).toEqual([]);
    expect(await listStops(database.gateway, debt.id)).toHaveLength(4);
  });
});
