import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { RulesPreviews } from '@concord/core/rules/rules-previews';
import type { RulesPreview } from '@concord/core/rules/rules-previews';
import { debtRow } from '../support/intake-builder.js';
import { openTestHost, TestBureau, withBureau } from '../support/test-bureau.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { BUREAU, OFFICE, openTestOffice, testJurisdiction, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

const wait = (waitDays: number, from?: string) => ({
  rule: 'US-REGF-01',
  parameters: { waitDays },
  because: 'A test',
  ...(from === undefined ? {} : { from }),
});
const NEVER = { open: 0, restrain: 0, block: 0, close: 0, withdraw: 0, stay: 0 };
const LATER = '2026-04-01';

let host: PluginHost;
let database: TestDatabase;
let office: TestOffice;
let bureau: TestBureau;
/** Reported since long; would be reported; told six days ago, so that it waits until 24 March. */
let held: RegisteredDebt;
let ready: RegisteredDebt;
let waiting: RegisteredDebt;

beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, await withBureau());
  bureau = await TestBureau.open(office, host);
  held = await referred();
  await bureau.judge();
  await bureau.answer(await bureau.send('first'));
  ready = await referred();
  waiting = await referred({ proofs: [{ kind: 'notice-sent', reference: null, on: '2026-03-10' }] });
  await bureau.judge();
});
afterEach(async () => {
  await bureau.close();
  await database.close();
});

async function referred(changes: Partial<IntakeRow> = {}): Promise<RegisteredDebt> {
  const debt = await office.debt(debtRow(changes));
  await bureau.refer(debt.id);
  return debt;
}

/** By a process that is started with these numbers. */
function preview(proposed: unknown, date: string | null = null, configured: unknown[] = []): Promise<RulesPreview> {
  const previews = new RulesPreviews(database.gateway, [testJurisdiction({ rules: configured })], office.clock);
  return previews.preview({ jurisdictionId: OFFICE, proposed, date, examples: 2 });
}

const effect = ({ connectors }: RulesPreview, name: string) =>
  connectors[0]!.effects.find((each) => each.effect === name)!;

describe('a preview of other numbers', () => {
  test('looks at the first day of the change, and says what would no longer open or grow', async () => {
    const found = await preview([wait(400, LATER)]);
    expect(found).toMatchObject({ jurisdictionId: OFFICE, on: LATER, currency: 'USD', comparedWith: 'configured' });
    expect(found.totals).toEqual({ ...NEVER, block: 3 });
    expect(found.connectors).toMatchObject([{ connectorId: BUREAU, act: 'report', mode: 'on', debts: 3 }]);
    const blocked = effect(found, 'block');
    expect(blocked).toMatchObject({ amountMinor: 3 * 52_500, rules: [{ rule: 'US-REGF-01', debts: 3 }] });
    expect(blocked.examples.map(({ number }) => number)).toEqual([held.number, ready.number]);
    expect(blocked.examples[0]!.reasons).toMatchObject([
      { rule: 'US-REGF-01', outcome: 'block', citation: expect.stringContaining('1006.30'), earliestOn: '2026-08-05' },
    ]);
    expect((await preview([wait(400, LATER)], TODAY)).totals).toEqual({ ...NEVER, stay: 3 });
  });

  test('says what would open, and what stood in its way', async () => {
    const found = await preview(wait(5));
    expect(found.on).toBe(TODAY);
    expect(found.totals).toEqual({ ...NEVER, open: 1, stay: 2 });
    expect(effect(found, 'open').examples).toMatchObject([
      { debtId: waiting.id, number: waiting.number, reasons: [{ rule: 'US-REGF-01', earliestOn: '2026-03-24' }] },
    ]);
    expect(effect(found, 'stay').examples).toEqual([]);
  });

  test('says what would be taken back from the partner, and what would only not be opened', async () => {
    const old = { rule: 'US-FCRA-07', parameters: { years: 0, anchorDays: 0, leadDays: 0 }, because: 'A test' };
    const found = await preview([old]);
    // What waits already does not become more blocked.
    expect(found.totals).toEqual({ ...NEVER, withdraw: 1, block: 1, stay: 1 });
    expect(effect(found, 'withdraw').examples).toMatchObject([{ number: held.number }]);
    expect(effect(found, 'block').examples).toMatchObject([{ number: ready.number }]);
  });

  test('is of a list in place of what is configured, or of a single number beside it', async () => {
    expect((await preview([], null, [wait(5)])).totals).toEqual({ ...NEVER, block: 1, stay: 2 });
    expect((await preview(wait(5), null, [wait(5)])).totals).toEqual({ ...NEVER, stay: 3 });
  });

  test('leaves out what is over, and connectors that are off', async () => {
    await database.asOwner(
      `update cases.referral set withdrawn_on = $2, withdrawn_reason = 'over', end_kind = 'withdrawn' where debt_id = $1`,
      [ready.id, TODAY],
    );
    expect((await preview([wait(400)])).connectors).toMatchObject([{ debts: 2 }]);
    await bureau.setMode('off');
    expect(await preview([wait(400)])).toMatchObject({ totals: NEVER, connectors: [] });
  });

  test('refuses what a configuration would refuse, and changes nothing', async () => {
    await expect(preview([{ ...wait(1), rule: 'US-REGF-99' }])).rejects.toMatchObject({ code: 'rules-invalid' });
    const previews = new RulesPreviews(database.gateway, [], office.clock);
    const order = { jurisdictionId: OFFICE, proposed: [], date: null, examples: 0 };
    await expect(previews.preview(order)).rejects.toMatchObject({ code: 'jurisdiction-unknown' });
    await preview([wait(400)]);
    expect(await bureau.judge()).toBe(0);
  });

  test('is made one at a time', async () => {
    const previews = new RulesPreviews(database.gateway, [office.jurisdiction], office.clock);
    const order = { jurisdictionId: OFFICE, proposed: [wait(5)], date: null, examples: 0 };
    const [first, second] = await Promise.allSettled([previews.preview(order), previews.preview(order)]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    const refused = [first, second].find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'reports-busy' } });
    await expect(previews.preview(order)).resolves.toMatchObject({ totals: { open: 1 } });
  });
});

describe('a preview of what this process judges by', () => {
  test('is beside what was judged last: nothing where nothing was changed', async () => {
    const found = await preview(null);
    expect(found).toMatchObject({ comparedWith: 'last-judged', on: TODAY, totals: { ...NEVER, stay: 3 } });
  });

  test('says what a start with other numbers changes, and what has not been judged yet', async () => {
    const fresh = await referred();
    const found = await preview(null, null, [wait(5)]);
    expect(found.totals).toEqual({ ...NEVER, open: 2, stay: 2 });
    expect(effect(found, 'open').examples).toMatchObject([
      { number: waiting.number, reasons: [{ rule: 'US-REGF-01' }] },
      { number: fresh.number, reasons: [{ rule: 'NOT-JUDGED' }] },
    ]);
  });
});

test('what a start with the proposal applies is what the preview said', async () => {
  const standing = async (): Promise<Record<string, string>> => {
    const found = await database.asOwner<{ id: string; state: string }>(
      `select subject_id as id, desired_state as state from exchange.position where connector_id = $1`,
      [BUREAU],
    );
    return Object.fromEntries(found.map(({ id, state }) => [id, state]));
  };
  expect(await standing()).toEqual({ [held.id]: 'active', [ready.id]: 'active' });
  const said = await preview([wait(5)]);
  expect(effect(said, 'open').debts).toBe(1);
  await bureau.close();
  const started = await openTestOffice(database, { ...(await withBureau()), rules: [wait(5)] });
  bureau = await TestBureau.open(started, host);
  expect(await bureau.judge()).toBe(3);
  expect(await standing()).toEqual({ [held.id]: 'active', [ready.id]: 'active', [waiting.id]: 'active' });
  expect((await preview(null, null, [wait(5)])).totals).toEqual({ ...NEVER, stay: 3 });
});
