import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_ALLOCATION } from './allocation-order.js';
import { balanceOf } from './balance.js';
import { BUCKETS, isReversible } from './entry.js';
import type { Entry, EntryKind } from './entry.js';

let made = 0;
function entry(kind: EntryKind, amountMinor: number, effectiveOn: string, changes: Partial<Entry> = {}): Entry {
  made += 1;
  return {
    id: `entry-${String(made).padStart(6, '0')}`,
    kind,
    amountMinor,
    effectiveOn,
    bookedOn: effectiveOn,
    caseVersion: made,
    bucket: null,
    reverses: null,
    accrued: false,
    ...changes,
  };
}

function reversal(of: Entry, effectiveOn: string): Entry {
  return entry('reversal', of.amountMinor, effectiveOn, { reverses: of.id });
}

const balance = (entries: readonly Entry[], asOf: string | null = null) => balanceOf(entries, DEFAULT_ALLOCATION, asOf);
const buckets = (cost: number, fee: number, interest: number, principal: number) => ({
  cost,
  fee,
  interest,
  principal,
});

const charged = () => [
  entry('assessment', 10_000, '2026-01-01'),
  entry('fee', 500, '2026-01-02'),
  entry('fee', 300, '2026-01-02', { bucket: 'cost' }),
  entry('interest', 200, '2026-01-03'),
];

describe('the balance by bucket', () => {
  it('allocates what is paid to cost, fee, interest and principal, in this order', () => {
    const payment = entry('payment', 900, '2026-01-04');
    const after = balance([...charged(), payment]);
    expect(after.buckets).toEqual(buckets(0, 0, 100, 10_000));
    expect(after.allocations.get(payment.id)).toEqual(buckets(300, 500, 100, 0));
  });

  it('keeps to an order for what was booked while it held', () => {
    const orders = [
      ...DEFAULT_ALLOCATION,
      { from: '2026-02-01', order: ['principal', 'interest', 'fee', 'cost'] as const },
    ];
    const entries = [...charged(), entry('payment', 300, '2026-01-31'), entry('payment', 1_000, '2026-02-01')];
    expect(balanceOf(entries, orders).buckets).toEqual(buckets(0, 500, 200, 9_000));
  });

  it('keeps a waiver to the bucket that it names', () => {
    expect(balance([...charged(), entry('waiver', 200, '2026-01-05', { bucket: 'interest' })]).buckets).toEqual(
      buckets(300, 500, 0, 10_000),
    );
  });

  it('keeps a waiver of interest for what of it is due at the end of the day', () => {
    const waiver = entry('waiver', 200, '2026-01-03', { bucket: 'interest' });
    const after = balance([...charged(), waiver]);
    expect(after.buckets).toEqual(buckets(300, 500, 0, 10_000));
    expect(after.allocations.get(waiver.id)).toEqual(buckets(0, 0, 200, 0));
  });

  it('tells what stood on a day, by the day on which entries took effect', () => {
    const entries = [...charged(), entry('payment', 300, '2026-01-04')];
    expect(balance(entries, '2026-01-01').buckets).toEqual(buckets(0, 0, 0, 10_000));
    expect(balance(entries, '2026-01-03').balanceMinor).toBe(11_000);
    expect(balance(entries, '2025-12-31').balanceMinor).toBe(0);
  });

  it('never counts a reversal before what it undoes', () => {
    const payment = entry('payment', 300, '2026-01-10');
    const entries = [...charged(), payment, reversal(payment, '2026-01-08')];
    expect(balance(entries, '2026-01-09').balanceMinor).toBe(11_000);
    expect(balance(entries).balanceMinor).toBe(11_000);
  });

  it('keeps an overpayment as credit, which covers what is charged later', () => {
    const paid = [...charged(), entry('payment', 11_400, '2026-01-04')];
    expect(balance(paid)).toMatchObject({ balanceMinor: -400, creditMinor: 400, buckets: buckets(0, 0, 0, 0) });
    expect(balance([...paid, entry('fee', 500, '2026-01-05')])).toMatchObject({ balanceMinor: 100, creditMinor: 0 });
  });

  it('frees what a fee had taken when the fee is taken back', () => {
    const fee = entry('fee', 500, '2026-01-02');
    const entries = [entry('assessment', 1_000, '2026-01-01'), fee, entry('payment', 800, '2026-01-03')];
    expect(balance(entries).buckets).toEqual(buckets(0, 0, 0, 700));
    expect(balance([...entries, reversal(fee, '2026-01-04')]).buckets).toEqual(buckets(0, 0, 0, 200));
  });

  it('lets the debtor owe what was given back of a payment that bounced', () => {
    const payment = entry('payment', 1_500, '2026-01-02');
    const refund = entry('refund', 500, '2026-01-03');
    const entries = [entry('assessment', 1_000, '2026-01-01'), payment, refund];
    expect(balance(entries)).toMatchObject({ balanceMinor: 0, creditMinor: 0 });
    const bounced = [...entries, reversal(payment, '2026-01-04')];
    expect(balance(bounced).buckets).toEqual(buckets(0, 0, 0, 1_500));
    expect(balance([...bounced, reversal(refund, '2026-01-05')]).buckets).toEqual(buckets(0, 0, 0, 1_000));
  });
});

const SIGN: Readonly<Record<Exclude<EntryKind, 'reversal'>, 1 | -1>> = {
  assessment: 1,
  interest: 1,
  fee: 1,
  refund: 1,
  payment: -1,
  adjustment: -1,
  'credit-note': -1,
  waiver: -1,
  'write-off': -1,
};

const step = fc.record({
  kind: fc.constantFrom<EntryKind>(...(Object.keys(SIGN) as EntryKind[]), 'reversal', 'reversal'),
  amountMinor: fc.integer({ min: 1, max: 50_000 }),
  day: fc.integer({ min: 1, max: 28 }),
  bucket: fc.option(fc.constantFrom(...BUCKETS)),
  pick: fc.nat(),
});

/** Any entries in any order of days, with reversals of some that were not reversed before. */
const ledgers = fc.array(step, { maxLength: 40 }).map((steps) => {
  const entries: Entry[] = [];
  for (const { kind, amountMinor, day, bucket, pick } of steps) {
    const on = `2026-03-${String(day).padStart(2, '0')}`;
    if (kind !== 'reversal') {
      const named = kind === 'fee' ? (bucket === 'cost' ? 'cost' : null) : SIGN[kind] < 0 ? bucket : null;
      entries.push(entry(kind, amountMinor, on, { bucket: named }));
      continue;
    }
    const open = entries.filter(
      (each) => isReversible(each.kind) && !entries.some(({ reverses }) => reverses === each.id),
    );
    const undone = open[pick % Math.max(1, open.length)];
    if (undone) entries.push(reversal(undone, on));
  }
  return entries;
});

describe('any sequence of entries and reversals', () => {
  it('conserves money on every day', () => {
    fc.assert(
      fc.property(ledgers, fc.integer({ min: 0, max: 28 }), (entries, day) => {
        const asOf = day === 0 ? null : `2026-03-${String(day).padStart(2, '0')}`;
        const byId = new Map(entries.map((each) => [each.id, each]));
        const dayOf = ({ effectiveOn, reverses }: Entry) => {
          const undone = byId.get(reverses ?? '')?.effectiveOn ?? effectiveOn;
          return undone > effectiveOn ? undone : effectiveOn;
        };
        const expected = entries
          .filter((each) => asOf === null || dayOf(each) <= asOf)
          .reduce((sum, { kind, amountMinor, reverses }) => {
            const undone = byId.get(reverses ?? '');
            const sign = kind === 'reversal' ? -SIGN[undone!.kind as keyof typeof SIGN] : SIGN[kind];
            return sum + sign * amountMinor;
          }, 0);
        expect(balance(entries, asOf).balanceMinor).toBe(expected);
      }),
    );
  });

  it('leaves no bucket below zero, and a credit only where nothing is owed', () => {
    fc.assert(
      fc.property(ledgers, (entries) => {
        const { buckets: due, creditMinor } = balance(entries);
        expect(Object.values(due).every((minor) => minor >= 0)).toBe(true);
        expect(creditMinor === 0 || Object.values(due).every((minor) => minor === 0)).toBe(true);
      }),
    );
  });

  it('is undone to the same buckets by a reversal with nothing between', () => {
    fc.assert(
      fc.property(ledgers, fc.constantFrom<EntryKind>('payment', 'waiver', 'fee'), (entries, kind) => {
        const last = entry(kind, 777, '2026-03-29');
        const before = balance(entries);
        const after = balance([...entries, last, reversal(last, '2026-03-29')]);
        expect([after.buckets, after.creditMinor]).toEqual([before.buckets, before.creditMinor]);
      }),
    );
  });
});
