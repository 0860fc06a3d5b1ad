import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, ALLOCATIONS } from './allocation.js';

const DEBTS = [
  { debtId: 'a', balanceMinor: 1_000 },
  { debtId: 'b', balanceMinor: 0 },
  { debtId: 'c', balanceMinor: 2_000 },
];

describe('money for several debts', () => {
  it('pays the oldest first', () => {
    expect(allocate(1_500, DEBTS, 'oldest-first')).toEqual([
      { debtId: 'a', amountMinor: 1_000 },
      { debtId: 'c', amountMinor: 500 },
    ]);
  });
  it('is shared by balance, what is left over by rounding going to the oldest', () => {
    expect(allocate(1_000, DEBTS, 'pro-rata')).toEqual([
      { debtId: 'a', amountMinor: 334 },
      { debtId: 'c', amountMinor: 666 },
    ]);
  });
  it.each(ALLOCATIONS)('leaves an overpayment on the first (%s)', (allocation) => {
    expect(allocate(3_050, DEBTS, allocation)).toEqual([
      { debtId: 'a', amountMinor: 1_050 },
      { debtId: 'c', amountMinor: 2_000 },
    ]);
  });
  it('comes to the payment exactly, and to no debt beyond its balance', () => {
    const balances = fc.array(fc.integer({ min: -500, max: 9_000_000_000_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        balances,
        fc.integer({ min: 1, max: 9_000_000_000_000 }),
        fc.constantFrom(...ALLOCATIONS),
        (owed, amount, way) => {
          const debts = owed.map((balanceMinor, place) => ({ debtId: `${place}`, balanceMinor }));
          const shares = allocate(amount, debts, way);
          expect(shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(amount);
          const total = owed.reduce((sum, each) => sum + Math.max(0, each), 0);
          for (const { debtId, amountMinor } of shares) {
            expect(amountMinor).toBeGreaterThan(0);
            if (amount <= total) expect(amountMinor).toBeLessThanOrEqual(owed[Number(debtId)]!);
          }
        },
      ),
    );
  });
});
