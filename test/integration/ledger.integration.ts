import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { violations } from '@concord/core/cases/conservation';
import { DEFAULT_ALLOCATION } from '@concord/core/cases/domain/ledger/allocation-order';
import { balanceOf } from '@concord/core/cases/domain/ledger/balance';
import { POSTABLE_KINDS } from '@concord/core/cases/domain/ledger/entry-refusal';
import type { PostableKind } from '@concord/core/cases/domain/ledger/entry-refusal';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { readEntries } from '@concord/core/cases/ledger/ledger-store';
import { debtRow } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

/** Ten per cent a year, so that 365.00 bears 0.10 a day. */
const TERMS = {
  ledger: {
    interest: [
      {
        ...{ debtTypes: ['utility'], base: 'principal', dayCount: 'actual/365', startsOn: 'delinquent' },
        ...{ frozenBy: ['moratorium'], rates: [{ from: '2020-01-01', yearlyPercent: '10' }] },
      },
    ],
  },
};

let database: TestDatabase;
let office: TestOffice;
let ledger: LedgerCommands;

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, TERMS);
  ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
});
afterAll(() => database.close());

const bearing = (delinquentOn = '2026-01-01') =>
  office.debt(
    debtRow({
      ...{ incurredOn: '2025-12-01', delinquentOn, itemisedOn: null, proofs: [] },
      entries: [{ kind: 'assessment', amountMinor: 36_500, on: '2025-12-01', reference: 'bill' }],
    }),
  );
const accrue = (through: string) => ledger.accrueInterest(asked(), OFFICE, through);
const interest = async (debt: RegisteredDebt) =>
  database.asOwner<{ kind: string; amount: number; on: string; key: string }>(
    `select kind, amount_minor as amount, effective_on as on, idempotency_key as key from cases.ledger_entry
     where debt_id = $1 and source = 'interest' order by effective_on, case_version`,
    [debt.id],
  );
const buckets = async (debt: RegisteredDebt) =>
  balanceOf((await readEntries(database.gateway, [debt.id])).get(debt.id)!, DEFAULT_ALLOCATION).buckets;

describe('interest', () => {
  test('is posted for debts of its types, by day, and never twice', async () => {
    const [debt, other] = [await bearing(), await office.debt(debtRow({ type: 'fine' }))];
    expect(await accrue('2026-01-31')).toMatchObject({ debts: 1, entries: 1, postedMinor: 310, takenBackMinor: 0 });
    expect(await accrue('2026-01-31')).toMatchObject({ debts: 1, entries: 0 });
    expect(await accrue('2026-01-15')).toMatchObject({ debts: 1, entries: 0 });
    await Promise.all([accrue('2026-02-28'), accrue('2026-02-28')]);
    expect(await interest(debt)).toEqual([
      { kind: 'interest', amount: 310, on: '2026-01-31', key: 'interest:2026-01-31:1' },
      { kind: 'interest', amount: 280, on: '2026-02-28', key: 'interest:2026-02-28:1' },
    ]);
    expect(await interest(other)).toEqual([]);
  });

  test('stops for a moratorium and a freeze, and what was posted for their days is taken back', async () => {
    const [stopped, frozen] = [await bearing(), await bearing()];
    await accrue('2026-01-31');
    await office.commands.placeStop(asked(), {
      ...{ subject: { kind: 'party', id: stopped.debtorId }, kind: 'moratorium', startsOn: '2026-01-11' },
      ...{ endsOn: '2026-01-20', details: {}, source: 'test', idempotencyKey: randomUUID() },
    });
    await ledger.freeze(asked(), {
      ...{ debtId: frozen.id, startsOn: '2026-01-31', endsOn: null, reason: 'hardship', idempotencyKey: 'f' },
    });
    await accrue('2026-02-10');
    expect(await buckets(stopped)).toMatchObject({ interest: 310 });
    expect(await buckets(frozen)).toMatchObject({ interest: 300 });
    expect((await interest(frozen)).map(({ kind, amount, key }) => [kind, amount, key])).toEqual([
      ['interest', 310, 'interest:2026-01-31:1'],
      ['adjustment', 10, 'interest:2026-01-31:2'],
    ]);
  });

  test('accrues before a payment that was found late, as if it had been known', async () => {
    const [known, late] = [await bearing(), await bearing()];
    const pay = (debt: RegisteredDebt) =>
      office.commands.postPayment(asked(), {
        ...{ debtId: debt.id, amountMinor: 20_100, currency: 'USD', paidOn: '2026-01-11', reference: null },
        ...{ idempotencyKey: 'paid', settles: false },
      });
    await pay(known);
    await accrue('2026-02-28');
    await pay(late);
    await accrue('2026-02-28');
    expect(await buckets(known)).toEqual(await buckets(late));
    expect(await buckets(known)).toMatchObject({ principal: 16_500 });
  });
});

interface Step {
  readonly kind: PostableKind | 'payment' | 'reversal' | 'accrual';
  readonly amountMinor: number;
  readonly day: number;
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind']>(...POSTABLE_KINDS, 'payment', 'payment', 'reversal', 'accrual'),
  amountMinor: fc.integer({ min: 1, max: 30_000 }),
  day: fc.integer({ min: 1, max: 28 }),
  pick: fc.nat(),
});

/** Carries out one step; what the rules refuse changes nothing. */
async function carryOut(debt: RegisteredDebt, { kind, amountMinor, day, pick }: Step) {
  const on = `2026-02-${String(day).padStart(2, '0')}`;
  const order = { debtId: debt.id, reference: null, reason: 'test', idempotencyKey: randomUUID(), effectiveOn: on };
  const money = { amountMinor, currency: 'USD' };
  if (kind === 'accrual') return accrue(on);
  if (kind === 'payment')
    return office.commands.postPayment(asked(), { ...order, ...money, paidOn: on, settles: false });
  if (kind === 'reversal') {
    const entries = (await readEntries(database.gateway, [debt.id])).get(debt.id)!;
    return ledger.reverse(asked(), { ...order, entryId: entries[pick % entries.length]!.id });
  }
  return ledger.post(asked(), { ...order, ...money, kind, bucket: null });
}

const REFUSED = ['no-credit', 'above-credit', 'above-balance', 'not-reversible', 'already-reversed'];

test('any sequence of entries, reversals and accruals conserves money, in the buckets as in the sums', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const debt = await bearing();
      for (const each of steps) {
        await carryOut(debt, each).catch((error: { code?: string }) => {
          if (!REFUSED.includes(error.code ?? '')) throw error;
        });
      }
      const entries = (await readEntries(database.gateway, [debt.id])).get(debt.id)!;
      const [sums] = await database.asOwner<{ effects: number; balance: number }>(
        `select (select sum(effect_minor) from cases.ledger_entry where debt_id = $1) as effects,
                balance_minor as balance from cases_v1.ledger_sum where debt_id = $1`,
        [debt.id],
      );
      const { balanceMinor, buckets: due, creditMinor } = balanceOf(entries, DEFAULT_ALLOCATION);
      expect(sums).toEqual({ effects: balanceMinor, balance: balanceMinor });
      expect(Math.min(...Object.values(due), creditMinor)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 25 },
  );
  expect(await violations(database.gateway, OFFICE)).toEqual([]);
}, 120_000);
