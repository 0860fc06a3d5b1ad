import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordChanges } from '@concord/core/cases/change-recorder';
import { postPayment } from '@concord/core/cases/payments';
import { placeStop } from '@concord/core/cases/stops';
import { parseCaseEvent } from '@concord/core/events/catalogue';
import { demoRows } from '@concord/core/demo/demo-rows';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, openTestOffice, OFFICE, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterAll(() => database.close());

/** Cases whose version, changes and events do not tell the same story. */
const disagreements = () =>
  database.asOwner(
    `select c.id, c.version,
            array(select h.version from cases.change h where h.case_id = c.id order by 1) as changes,
            array(select (o.event->>'caseversion')::bigint from cases.outbox o where o.case_id = c.id order by o.id) as events
     from cases.case_file c
     where array(select h.version from cases.change h where h.case_id = c.id order by 1)
             is distinct from array(select generate_series(1, c.version))
        or array(select (o.event->>'caseversion')::bigint from cases.outbox o where o.case_id = c.id order by o.id)
             is distinct from array(select generate_series(1, c.version))`,
  );
const version = async ({ caseId }: RegisteredDebt): Promise<number> =>
  (await database.asOwner<{ version: number }>('select version from cases.case_file where id = $1', [caseId]))[0]!
    .version;

const payment = (debt: RegisteredDebt) => ({
  debtId: debt.id,
  amountMinor: 100,
  currency: 'USD',
  paidOn: TODAY,
  bookedOn: TODAY,
  reference: null,
  idempotencyKey: 'once',
  settles: true,
  source: 'test',
});
const stop = (debt: RegisteredDebt) => ({
  subject: { kind: 'case' as const, id: debt.caseId },
  kind: 'dispute' as const,
  startsOn: TODAY,
  endsOn: null,
  details: {},
  source: 'test',
  idempotencyKey: 'once',
});
const by = () => ({ ...asked(), at: office.clock.now() });

describe('every change of a case', () => {
  test('has its version, its change row and its event, for everything that an intake brings', async () => {
    const rows = [...demoRows('us-ca-berkeley', { asOf: TODAY, count: 300, seed: 5 })];
    await office.register(rows);
    await office.register(rows.slice(0, 100).map((row, index) => ({ ...row, sourceReference: `MORE-${index}` })));
    expect(await disagreements()).toEqual([]);
  });

  test('is in the catalogue of events, with ids and nothing about a person', async () => {
    const events = await database.asOwner<{ event: unknown }>('select event from cases.outbox');
    expect(events.length).toBeGreaterThan(300);
    for (const { event } of events) parseCaseEvent(event);
  });

  test('names who made it, on whose request', async () => {
    const debt = await office.debt(debtRow());
    const { actor, correlationId } = asked('officer.jane');
    await office.commands.postPayment(
      { actor, correlationId },
      { ...payment(debt), idempotencyKey: 'named', settles: false },
    );
    const [change] = await database.asOwner(
      'select actor, correlation_id from cases.change where case_id = $1 and version = 2',
      [debt.caseId],
    );
    expect(change).toEqual({ actor: 'officer.jane', correlation_id: correlationId });
    const [event] = await database.asOwner(
      `select event->>'correlationid' as correlation from cases.outbox where case_id = $1 order by id desc limit 1`,
      [debt.caseId],
    );
    expect(event).toEqual({ correlation: correlationId });
  });

  test('goes when its transaction is rolled back, and leaves no gap', async () => {
    const debt = await office.debt(debtRow());
    const failing = database.gateway.transaction(async (manager) => {
      await postPayment(manager, by(), payment(debt));
      await placeStop(manager, by(), stop(debt));
      expect(await manager.query('select version from cases.case_file where id = $1', [debt.caseId])).toEqual([
        { version: 4 },
      ]);
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    expect(await version(debt)).toBe(1);
    expect(await disagreements()).toEqual([]);
    await database.gateway.transaction((manager) => postPayment(manager, by(), payment(debt)));
    expect(await version(debt)).toBe(3);
    expect(await disagreements()).toEqual([]);
  });

  test('gets its versions in the order in which the changes are given', async () => {
    const debt = await office.debt(debtRow());
    const other = await office.debt(debtRow());
    const changes = [debt, other, debt, debt, other].map(({ caseId, id }) => ({
      caseId,
      type: 'concord.debt.registered.v1' as const,
      subjectId: id,
      data: { debtId: id },
    }));
    const versions = await database.gateway.transaction((manager) =>
      recordChanges(manager, { ...by(), jurisdictionId: OFFICE }, changes),
    );
    expect(versions).toEqual([2, 2, 3, 4, 3]);
    expect(await disagreements()).toEqual([]);
  });

  test('of many cases by many writers at once is versioned without a gap', async () => {
    const debts = await Promise.all(Array.from({ length: 5 }, () => office.debt(debtRow())));
    const pays = Array.from({ length: 40 }, (_, index) => ({ debt: debts[index % 5]!, key: `many-${index}` }));
    await Promise.all(
      pays.map(({ debt, key }) =>
        office.commands.postPayment(asked(), { ...payment(debt), idempotencyKey: key, settles: false }),
      ),
    );
    expect(await Promise.all(debts.map(version))).toEqual([9, 9, 9, 9, 9]);
    expect(await disagreements()).toEqual([]);
  });
});
