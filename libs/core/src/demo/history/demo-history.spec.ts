import { describe, expect, test } from '@jest/globals';
import { demoCounts, demoRows } from '../demo-rows.js';
import { demoHistory } from './demo-history.js';
import { historyItem } from './history-item.js';

const AS_OF = '2026-11-20';
const OFFICES = Object.keys(demoCounts);
const rowsOf = (office: string) => [...demoRows(office, { asOf: AS_OF, count: demoCounts[office]!, seed: 1 })];
const historyOf = (office: string) => demoHistory(office, rowsOf(office), AS_OF);

describe.each(OFFICES)('what happened to the debts of %s', (office) => {
  const items = historyOf(office);
  const debts = new Map(rowsOf(office).map((row) => [row.sourceReference, row]));

  test('is the same for the same rows, and comes back unchanged from JSON', () => {
    expect(historyOf(office)).toEqual(items);
    const written = JSON.parse(JSON.stringify(items)) as unknown[];
    expect(written.map((item) => historyItem.parse(item))).toEqual(items);
  });

  test('is about debts of the office, after they fell delinquent and before the day they are looked at', () => {
    for (const { debt, on } of items) {
      expect((debts.get(debt)?.delinquentOn ?? AS_OF) < on && on < AS_OF).toBe(true);
    }
  });

  test('has one key an item, in the order of the days of each debt', () => {
    for (const [, of] of Map.groupBy(items, ({ debt }) => debt)) {
      expect(new Set(of.map(({ key }) => key)).size).toBe(of.length);
      const days = of.map(({ on }) => on);
      expect(days).toEqual([...days].sort());
    }
  });

  test('has everything that makes a ledger and a case interesting', () => {
    const count = (does: string) => items.filter((item) => item.does === does).length;
    expect(count('agree')).toBeGreaterThanOrEqual(office === 'us-nm-las-cruces' ? 12 : 2);
    expect(count('bounce')).toBeGreaterThanOrEqual(4);
    expect(count('credit')).toBeGreaterThanOrEqual(2);
    expect([count('stop'), count('lift')]).toEqual([3, 1]);
    expect(count('discharge')).toBe(1);
    if (!office.startsWith('us-')) expect(count('proof')).toBe(8);
  });
});

test('a fine survives a discharge where the register names the provision', () => {
  const surviving = OFFICES.flatMap((office) =>
    historyOf(office).flatMap((item) => (item.does === 'discharge' ? item.surviving : [])),
  );
  expect(surviving.map(({ ground }) => ground)).toContain('11 USC 523(a)(7)');
});
