import { describe, expect, it } from '@jest/globals';
import type { Entry, EntryKind } from '../../cases/domain/ledger/entry.js';
import { itemise, itemisedBalance, paymentsSince } from './itemise.js';

let versions = 0;
const entry = (kind: EntryKind, amountMinor: number, effectiveOn: string, reverses: string | null = null): Entry => {
  versions += 1;
  return {
    ...{ id: `e${versions}`, kind, amountMinor, effectiveOn, bookedOn: effectiveOn, caseVersion: versions },
    ...{ bucket: null, reverses, accrued: false },
  };
};

describe('an itemisation', () => {
  const first = entry('payment', 1_000, '2026-01-10');
  const late = entry('payment', 2_000, '2026-02-20');
  const entries = [
    entry('assessment', 50_000, '2025-05-01'),
    first,
    entry('interest', 300, '2026-02-28'),
    entry('fee', 2_500, '2026-02-15'),
    late,
    entry('reversal', 1_000, '2026-02-21', first.id),
    entry('waiver', 500, '2026-02-22'),
    entry('refund', 200, '2026-02-23'),
  ];

  it('says what was owed on its date and what came to it since, and comes to the balance', () => {
    const itemised = itemise(entries, '2026-01-31');
    expect(itemised).toEqual({
      on: '2026-01-31',
      balanceMinor: 49_000,
      interestSinceMinor: 300,
      feesSinceMinor: 2_500,
      paymentsSinceMinor: 800,
      creditsSinceMinor: 500,
    });
    expect(itemisedBalance(itemised)).toBe(50_500);
  });

  it('does not come to the balance when something was assessed after its date', () => {
    const more = [...entries, entry('assessment', 7, '2026-03-01')];
    expect(itemisedBalance(itemise(more, '2026-01-31'))).toBe(50_500);
  });

  it('lists payments with what was taken back of them', () => {
    expect(paymentsSince(entries, '2026-01-31')).toEqual([
      { on: '2026-02-20', amountMinor: 2_000 },
      { on: '2026-02-21', amountMinor: -1_000 },
      { on: '2026-02-23', amountMinor: -200 },
    ]);
    expect(paymentsSince(entries, null)).toHaveLength(4);
  });
});
