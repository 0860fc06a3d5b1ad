import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exampleSettings } from '../samples/debts.js';
import { MONEY_COLUMNS } from '../layout/cact.js';
import { balanceColumns, entryColumns } from './columns.js';

const settings = await exampleSettings();
const column = fc.constantFrom(...MONEY_COLUMNS);
const money = fc.nat(1_000_000_00);

test.each([
  [2_500, { principal: 1_000, interest: 1_000, other3: 500 }],
  [2_000, { principal: 500, interest: 1_000, other3: 500 }],
  [1_500, { principal: 0, interest: 1_000, other3: 500 }],
  [700, { principal: 0, interest: 200, other3: 500 }],
  [1, { principal: 0, interest: 0, other3: 1 }],
  [2_600, { principal: 1_100, interest: 1_000, other3: 500 }],
])('of 10.00, 10.00 and 5.00 charged, a balance of %i cents stands as %j', (balance, wanted) => {
  const charges = { assessedMinor: 1_000, interestMinor: 1_000, feesMinor: 500 };
  expect(balanceColumns(charges, balance, settings)).toMatchObject(wanted);
});

test('the columns always add up to the balance, and none is negative', () => {
  fc.assert(
    fc.property(money, money, money, money, column, column, column, (a, i, f, balance, assessment, interest, fee) => {
      const columns = { ...settings.columns, assessment, interest, fee };
      const charges = { assessedMinor: a, interestMinor: i, feesMinor: f };
      const amounts = Object.values(balanceColumns(charges, balance, { ...settings, columns }));
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(balance);
      expect(Math.min(...amounts)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.each([
  ['assessment', 'principal'],
  ['interest', 'interest'],
  ['fee', 'other3'],
  ['payment', 'other8'],
  ['reversal', 'other8'],
  ['adjustment', 'other9'],
  ['write-off', 'other9'],
] as const)('an entry of kind %s stands in %s alone, positive', (kind, wanted) => {
  const entry = { id: 'e', kind, amountMinor: 700, effectMinor: -700, effectiveOn: '2026-11-20' };
  const columns = { ...settings.columns, payment: 'other8', adjustment: 'other9' } as const;
  const filled = Object.entries(entryColumns(entry, { ...settings, columns })).filter(([, amount]) => amount !== 0);
  expect(filled).toEqual([[wanted, 700]]);
});
