import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { readLedger } from '@concord/core/cases/case-reads';
import { violations } from '@concord/core/cases/conservation';
import { POSTABLE_KINDS } from '@concord/core/cases/domain/ledger/entry-refusal';
import type { PostableKind } from '@concord/core/cases/domain/ledger/entry-refusal';
import { postReversal } from '@concord/core/cases/reversals';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { Refusal } from '@concord/core/platform/errors';
import { lastOfMonth } from '@concord/core/reports/domain/calendar-periods';
import type { Row } from '@concord/core/reports/domain/report';
import { everyRow, Reports } from '@concord/core/reports/reports';
import { debtRow } from '../support/intake-builder.js';
import { countedByHand } from '../support/ledger-by-hand.js';
import type { CountedEntry } from '../support/ledger-by-hand.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

const BEGIN = '2026-01-02';
const TYPES = ['utility', 'fine', 'ems'];
const ZONE = 'America/Chicago';

/** A debt with its entries, counted by hand. */
interface Account {
  readonly id: string;
  readonly number: number;
  readonly type: string;
  readonly overdueSince: string;
  readonly referred: boolean;
  entries: readonly CountedEntry[];
}

let database: TestDatabase;
let office: TestOffice;
let ledger: LedgerCommands;
let reports: Reports;
const accounts: Account[] = [];
let today = BEGIN;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, { writeOff: { costOfCollectionMinor: 20_000 } });
  ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
  reports = new Reports(database.gateway, [office.jurisdiction], office.clock);
  goOn(0);
});
afterAll(() => database.close());

function goOn(days: number): void {
  today = addDays(today, days);
  office.clock.set(`${today}T18:00:00Z`);
}

async function run(report: string, days: { asOf?: string; from?: string; to?: string }): Promise<Row[]> {
  const { asOf = null, from = null, to = null } = days;
  return everyRow(await reports.run({ report, jurisdiction: OFFICE, asOf, from, to }));
}

async function openAccount(place: number): Promise<void> {
  const overdueSince = addDays(BEGIN, -(place * 37) % 500);
  const type = TYPES[place % TYPES.length]!;
  const debt = await office.debt(
    debtRow({
      ...{ type, incurredOn: addDays(overdueSince, -30), delinquentOn: overdueSince, itemisedOn: null, proofs: [] },
      entries: [
        { kind: 'assessment', amountMinor: 30_000 + place, on: addDays(overdueSince, -30), reference: 'bill' },
        { kind: 'payment', amountMinor: 1_000, on: addDays(overdueSince, -10), reference: 'before' },
      ],
    }),
  );
  const referred = place % 3 === 0;
  if (referred) {
    await database.asOwner(
      `insert into cases.referral (id, case_id, debt_id, act, connector_id, made_by, made_on, actor, recorded_at)
       values ($1, $2, $3, 'place', 'somebody', 'officer', $4, 'tester', now())`,
      [randomUUID(), debt.caseId, debt.id, BEGIN],
    );
  }
  accounts.push({ id: debt.id, number: Number(debt.number), type, overdueSince, referred, entries: [] });
}

/** One thing that happens: on which account, how much, how many days go by before, and how far it is backdated. */
interface Happening {
  readonly what: PostableKind | 'payment' | 'reversal' | 'new';
  readonly on: number;
  readonly amountMinor: number;
  readonly later: number;
  readonly back: number;
}

const happening = fc.record<Happening>({
  what: fc.constantFrom<Happening['what']>('payment', 'payment', 'reversal', 'reversal', 'new', ...POSTABLE_KINDS),
  on: fc.nat(50),
  amountMinor: fc.integer({ min: 1, max: 40_000 }),
  later: fc.integer({ min: 0, max: 9 }),
  back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
});

async function happens({ what, on, amountMinor, later, back }: Happening): Promise<void> {
  goOn(later);
  if (what === 'new') return openAccount(accounts.length);
  const debtId = accounts[on % accounts.length]!.id;
  const common = { debtId, reason: 'as thrown', reference: null, idempotencyKey: randomUUID() };
  const effectiveOn = addDays(today, -back);
  if (what === 'payment') {
    const { reason: _, ...payment } = common;
    await office.commands.postPayment(asked(), {
      ...payment,
      ...{ amountMinor, currency: 'USD', paidOn: effectiveOn, settles: false },
    });
  } else if (what === 'reversal') {
    const entries = await readLedger(database.gateway, debtId);
    await ledger.reverse(asked(), { ...common, entryId: entries[amountMinor % entries.length]!.id, effectiveOn });
  } else {
    const order = { ...common, kind: what, amountMinor, currency: 'USD', bucket: null, effectiveOn };
    await ledger.post(asked(), order);
  }
}

/** A payment that a partner takes back, with a day before that of the payment. */
async function bouncesBefore(debtId: string): Promise<void> {
  const { entryId } = await office.commands.postPayment(asked(), {
    ...{ debtId, amountMinor: 777, currency: 'USD', paidOn: today, reference: null },
    ...{ idempotencyKey: randomUUID(), settles: false },
  });
  const context = { ...asked(), at: office.clock.now() };
  const reversal = { paymentId: entryId, reversedOn: addDays(today, -20), bookedOn: today };
  await database.gateway.transaction((manager) =>
    postReversal(manager, context, { ...reversal, reference: null, commissionMinor: 0, idempotencyKey: randomUUID() }),
  );
}

async function countByHand(): Promise<void> {
  for (const account of accounts) {
    account.entries = countedByHand(await readLedger(database.gateway, account.id), ZONE);
  }
}

const sum = (entries: readonly CountedEntry[]): number =>
  entries.reduce((minor, { effectMinor }) => minor + effectMinor, 0);
const balance = ({ entries }: Account, asOf: string): number =>
  sum(entries.filter(({ effectiveOn }) => effectiveOn <= asOf));
const totalOf = (rows: readonly Row[], key: string): number => rows.reduce((minor, row) => minor + Number(row[key]), 0);
const ofType = (rows: readonly Row[], type: string, key: string): number =>
  totalOf(
    rows.filter((row) => row['type'] === type),
    key,
  );

async function agreeOn(asOf: string): Promise<void> {
  const ageing = await run('ageing', { asOf });
  const overdue = await run('overdue-quarter', { asOf });
  for (const type of TYPES) {
    const those = accounts.filter((account) => account.type === type);
    const owed = those.map((account) => ({ account, minor: balance(account, asOf) })).filter(({ minor }) => minor > 0);
    const late = owed.filter(({ account }) => account.overdueSince < asOf);
    const minor = (list: typeof owed) => list.reduce((all, each) => all + each.minor, 0);
    expect([type, ofType(ageing, type, 'balanceMinor')]).toEqual([
      type,
      those.reduce((all, account) => all + balance(account, asOf), 0),
    ]);
    expect(ofType(ageing, type, 'owedMinor')).toBe(minor(owed));
    expect(ofType(ageing, type, 'over365DaysMinor')).toBe(
      minor(owed.filter(({ account }) => account.overdueSince < addDays(asOf, -365))),
    );
    expect(ofType(ageing, type, 'notDueMinor')).toBe(minor(owed) - minor(late));
    expect([ofType(overdue, type, 'debts'), ofType(overdue, type, 'owedMinor')]).toEqual([owed.length, minor(owed)]);
    expect(ofType(overdue, type, 'overdueMinor')).toBe(minor(late));
    const quarter = `${asOf.slice(0, 4)}-${String(Math.floor((Number(asOf.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
    const moved = (kind: string) =>
      0 -
      sum(
        those
          .flatMap(({ entries }) => entries)
          .filter((entry) => (entry.undoes ?? entry.kind) === kind)
          .filter(({ effectiveOn }) => effectiveOn >= quarter && effectiveOn <= asOf),
      );
    expect(ofType(overdue, type, 'collectedMinor')).toBe(moved('payment'));
    expect(ofType(overdue, type, 'writtenOffMinor')).toBe(moved('write-off'));
    const small = late.filter((each) => each.minor < 20_000);
    expect(ofType(overdue, type, 'recommendedDebts')).toBe(small.length);
    expect(ofType(await run('write-off-recommendations', { asOf }), type, 'balanceMinor')).toBe(minor(small));
  }
  const unreferred = accounts.filter(({ referred }) => !referred || asOf < BEGIN);
  expect((await run('never-referred', { asOf })).map((row) => [row['number'], row['balanceMinor']])).toEqual(
    unreferred.map((account) => [account.number, balance(account, asOf)]).filter(([, minor]) => minor! > 0),
  );
  // The allocation by bucket of each debt, which is another computation of the same ledger.
  let byLedger = 0;
  for (const { id } of accounts) byLedger += (await ledger.ledgerAsOf(id, asOf)).balanceMinor;
  expect(totalOf(ageing, 'balanceMinor')).toBe(byLedger);
}

/** Every day on which something takes effect, and where a reversal was dated before its payment the days between. */
async function agreeEveryDay(): Promise<void> {
  const days = new Set(
    accounts.flatMap(({ entries }) => entries.flatMap((entry) => [entry.effectiveOn, entry.datedOn])),
  );
  for (const asOf of [...days].sort()) {
    const owed = accounts.reduce((minor, account) => minor + balance(account, asOf), 0);
    expect([asOf, totalOf(await run('ageing', { asOf }), 'balanceMinor')]).toEqual([asOf, owed]);
  }
}

async function controlsOf(asOf: string): Promise<void> {
  const rows = await run('control-totals', { asOf });
  const first = `${asOf.slice(0, 7)}-01`;
  for (const type of TYPES) {
    const entries = accounts.filter((account) => account.type === type).flatMap((account) => account.entries);
    const inMonth = entries.filter(({ postedOn }) => postedOn >= first && postedOn <= asOf);
    const of = (kind: string) => inMonth.filter((entry) => entry.kind === kind);
    const undone = (...kinds: string[]) => inMonth.filter(({ undoes }) => undoes !== null && kinds.includes(undoes));
    const magnitude = (list: readonly CountedEntry[]) => list.reduce((all, { amountMinor }) => all + amountMinor, 0);
    expect({
      opening: ofType(rows, type, 'openingMinor'),
      assessments: ofType(rows, type, 'assessmentsMinor'),
      fees: ofType(rows, type, 'feesMinor'),
      payments: ofType(rows, type, 'paymentsMinor'),
      reversals: ofType(rows, type, 'reversalsMinor'),
      writeOffs: ofType(rows, type, 'writeOffsMinor'),
      refunds: ofType(rows, type, 'refundsMinor'),
      creditsReversed: ofType(rows, type, 'creditsReversedMinor'),
      feesReversed: ofType(rows, type, 'feesReversedMinor'),
      refundsReversed: ofType(rows, type, 'refundsReversedMinor'),
      closing: ofType(rows, type, 'closingMinor'),
    }).toEqual({
      opening: sum(entries.filter(({ postedOn }) => postedOn < first)),
      assessments: magnitude(of('assessment')),
      fees: magnitude(of('fee')),
      payments: magnitude(of('payment')),
      reversals: magnitude(undone('payment')),
      writeOffs: magnitude(of('write-off')),
      refunds: magnitude(of('refund')),
      creditsReversed: magnitude(undone('adjustment', 'credit-note', 'waiver', 'write-off')),
      feesReversed: magnitude(undone('fee')),
      refundsReversed: magnitude(undone('refund')),
      closing: sum(entries.filter(({ postedOn }) => postedOn <= asOf)),
    });
  }
  for (const row of rows) {
    const { openingMinor, closingMinor, ...moved } = row as Record<string, number>;
    const up = ['assessments', 'interest', 'fees', 'reversals', 'creditsReversed', 'refunds'];
    const down = ['payments', 'adjustments', 'creditNotes', 'waivers', 'writeOffs', 'feesReversed', 'refundsReversed'];
    const all = (keys: readonly string[]) => keys.reduce((minor, key) => minor + moved[`${key}Minor`]!, 0);
    expect(openingMinor! + all(up) - all(down)).toBe(closingMinor);
  }
  const collected = await run('collections', { from: first, to: asOf });
  expect(totalOf(collected, 'netMinor')).toBe(totalOf(rows, 'paymentsMinor') - totalOf(rows, 'reversalsMinor'));
}

describe('reports', () => {
  test('agree with the ledger as it is read, whatever was posted, on any day', async () => {
    for (let place = 0; place < 5; place += 1) await openAccount(place);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 25 }), async (happenings) => {
        for (const each of happenings) {
          await happens(each).catch((error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
            refused += 1;
          });
        }
        await bouncesBefore(accounts[happenings.length % accounts.length]!.id);
        await countByHand();
        await agreeOn(today);
        await agreeOn(addDays(today, -happenings[0]!.amountMinor % 90));
        await controlsOf(today);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    await agreeEveryDay();
    for (const asOf of ['2025-06-30', '2026-01-31']) await agreeOn(asOf);
    for (let month = BEGIN; lastOfMonth(month) < today; month = addDays(lastOfMonth(month), 1)) {
      await controlsOf(lastOfMonth(month));
    }
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
    const entries = accounts.flatMap((account) => account.entries);
    expect(new Set(entries.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);
    expect(refused).toBeLessThan(entries.length);
  });
});
