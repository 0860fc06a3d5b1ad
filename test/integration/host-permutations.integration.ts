import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { violations } from '@concord/core/cases/conservation';
import { balanceOf } from '@concord/core/cases/domain/ledger/balance';
import { readEntries } from '@concord/core/cases/ledger/ledger-store';
import { hostFile, openHostDesk } from '../support/host-files.js';
import type { HostDesk } from '../support/host-files.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { OFFICE } from '../support/test-office.js';

/** Each property opens databases of its own, so it runs few cases of many files. */
const RUNS = Number(process.env['CONCORD_TEST_PERMUTATIONS'] ?? '4');

const KEYS = ['A', 'B', 'C'];
/** A debt's debtor never changes: what a file says of another one is set aside, whatever the order. */
const debtor = (key: string) => (key === 'C' ? 'C-A' : `C-${key}`);
const money = (minor: number) => (minor / 100).toFixed(2);

const debtRow = fc.record({
  key: fc.constantFrom(...KEYS),
  amount: fc.integer({ min: 0, max: 40_000 }),
  fees: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: null }),
  delinquent: fc.option(fc.constantFrom('2025-06-15', '2025-07-01'), { nil: null }),
  street: fc.constantFrom('1 Old Street', '2 New Street', '3 Last Street'),
  what: fc.constantFrom('N', 'N', 'C', 'W'),
});
const paymentRow = fc.record({
  receipt: fc.constantFrom('R1', 'R2', 'R3', 'R4'),
  key: fc.constantFrom(...KEYS),
  amount: fc.integer({ min: 1, max: 15_000 }),
  paid: fc.integer({ min: 1, max: 9 }),
  what: fc.constantFrom('P', 'P', 'P', 'W'),
});

type DebtRow = typeof debtRow extends fc.Arbitrary<infer R> ? R : never;
type PaymentRow = typeof paymentRow extends fc.Arbitrary<infer R> ? R : never;

interface DailyFile {
  readonly kind: 'changes' | 'payments' | 'picture';
  readonly content: string;
}

function debtLine({ key, amount, fees, delinquent, street, what }: DebtRow, picture: boolean): string {
  const about = [`${debtor(key)}`, 'Sample', street, 'Exampleton', '75001', ''];
  const owed = ['utility', money(amount), fees === null ? '' : money(fees), '2025-05-01', delinquent ?? ''];
  const cells =
    picture || what === 'N'
      ? [...owed, ...about]
      : ['', money(amount), ...owed.slice(2, 3), '', owed[4]!, '', '', '', '', '', ''];
  return [key, ...cells, ...(picture ? [] : [what])].join(',');
}

const paymentLine = ({ receipt, key, amount, paid, what }: PaymentRow) =>
  [receipt, key, money(amount), `2026-03-0${paid}`, what].join(',');

const unique = <T>(rows: readonly T[], keyOf: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
];

/** The files of some days, each kind once a day at most, in the order in which the host wrote them. */
const week = (picture: boolean): fc.Arbitrary<DailyFile[]> =>
  fc
    .array(
      fc.record({
        debts: fc.array(debtRow, { maxLength: 4 }),
        payments: fc.array(paymentRow, { maxLength: 3 }),
      }),
      { minLength: 3, maxLength: 5 },
    )
    .map((days) =>
      days.flatMap(({ debts, payments }, index): DailyFile[] => {
        const day = `2026-03-${String(index + 2).padStart(2, '0')}`;
        const lines = unique(debts, ({ key }) => key).map((row) => debtLine(row, picture));
        return [
          { kind: picture ? 'picture' : 'changes', content: hostFile(day, 1, lines) },
          { kind: 'payments', content: hostFile(day, 1, payments.map(paymentLine)) },
        ];
      }),
    );

/** What an office sees in the end: debts with their facts and balances, parties, payments that stand, and what is gone. */
async function ending(files: readonly DailyFile[]): Promise<unknown> {
  const database = await openTestDatabase();
  const desk = await openHostDesk(database);
  try {
    return await endingAt(database, desk, files);
  } finally {
    await desk.close();
    await database.close();
  }
}

async function endingAt(database: TestDatabase, desk: HostDesk, files: readonly DailyFile[]): Promise<unknown> {
  for (const { kind, content } of files) {
    const taken = await desk.take(kind, content);
    if (taken.state === 'held') await desk.acceptAll();
    else expect(taken.state).toBe('applied');
  }
  const debts = await database.asOwner<{ id: string; debt: string }>(
    `select d.id, d.source_reference as debt, d.type, d.incurred_on, d.delinquent_on, r.closed_on, p.surname, p.address
     from cases.debt d join cases.host_record r on r.subject_id = d.id and r.kind = 'debt'
     join cases.case_file c on c.id = d.case_id join cases.party p on p.id = c.debtor_id order by 2`,
  );
  const entries = await readEntries(
    database.gateway,
    debts.map(({ id }) => id),
  );
  const payments = await database.asOwner(
    `select d.source_reference as debt, e.reference, e.amount_minor::int as amount, e.effective_on
     from cases.ledger_entry e join cases.debt d on d.id = e.debt_id
     where e.kind = 'payment' and not exists (select 1 from cases.ledger_entry r where r.reverses = e.id) order by 1, 2`,
  );
  expect(await violations(database.gateway, OFFICE)).toEqual([]);
  return {
    debts: debts.map(({ id, ...facts }) => {
      const { balanceMinor, creditMinor } = balanceOf(
        entries.get(id) ?? [],
        desk.office.jurisdiction.ledger.allocation,
      );
      return { ...facts, balanceMinor, creditMinor };
    }),
    payments,
  };
}

test.each([
  ['changes', false],
  ['full pictures', true],
])(
  'any permutation of the same daily files, as %s, ends the same',
  async (_name, picture) => {
    await fc.assert(
      fc.asyncProperty(
        week(picture).chain((files) =>
          fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
        ),
        async ([files, shuffled]) => {
          expect(await ending(shuffled)).toEqual(await ending(files));
          // All of them once more, as they came: nothing is said that was not said before.
          expect(await ending([...shuffled, ...files])).toEqual(await ending([...files].reverse()));
        },
      ),
      {
        numRuns: RUNS,
        // A smaller example would take minutes: the seed repeats this one.
        endOnFailure: true,
        ...(process.env['CONCORD_TEST_SEED'] ? { seed: Number(process.env['CONCORD_TEST_SEED']) } : {}),
      },
    );
  },
  300_000,
);
