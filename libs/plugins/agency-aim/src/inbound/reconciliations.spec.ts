import { describe, expect, test } from '@jest/globals';
import { collected, inPieces } from '@concord/plugin-sdk/testing';
import { exampleSettings } from '../samples/debts.js';
import { HeldBalances } from './held-balances.js';
import { decodeReconciliations } from './reconciliations.js';

const DATED = await exampleSettings();
const UNDATED = await exampleSettings({ trailers: undefined });

const account = (file: string, balance: string, received = '20260601'): string =>
  `AREC${file}${'INV-1'.padEnd(30)}000000100.00${received.padEnd(8)}${balance}`.padEnd(126);
const trailer = (count: number, total: string, date = '20261120'): string =>
  `ATRL${String(count).padStart(10, '0')}${total}${date}`.padEnd(126);

async function read(settings: typeof DATED, lines: readonly string[], fileName = 'AREC1.txt', most?: number) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return collected(decodeReconciliations(inPieces(bytes, 100), { settings, fileName }, most));
}

const keys = (items: readonly object[]): unknown[] =>
  items.map((item) => ('naturalKey' in item ? item.naturalKey : 'fault'));

describe('a reconciliation', () => {
  test('tells balances as of the day in its trailer, credits among them', async () => {
    const lines = [
      account('000000021', '000000080.00'),
      account('000000022', '-00000000.50'),
      trailer(2, '000000079.50'),
    ];
    expect(await read(DATED, lines)).toEqual([
      expect.objectContaining({ reference: '000000021', account: 'INV-1', amountMinor: 8_000, asOf: '2026-11-20' }),
      expect.objectContaining({ reference: '000000022', amountMinor: -50, asOf: '2026-11-20' }),
    ]);
  });

  test('of next week is a new statement, and the same one in a new file is not', async () => {
    const lines = (date: string) => [account('000000021', '000000080.00'), trailer(1, '000000080.00', date)];
    const first = keys(await read(DATED, lines('20261113')));
    expect(keys(await read(DATED, lines('20261113'), 'AREC1-again.txt'))).toEqual(first);
    expect(keys(await read(DATED, lines('20261120')))).not.toEqual(first);
  });

  test('says nothing when its totals are wrong', async () => {
    const items = await read(DATED, [account('000000021', '000000080.00'), trailer(1, '000000081.00')]);
    expect(items).toEqual([{ fault: expect.objectContaining({ severity: 'file', rule: 'total' }) }]);
  });

  test('without a dated trailer goes by the day of receipt, and by the name of its file', async () => {
    const lines = [account('000000021', '000000080.00'), account('000000022', '000000001.00', '19000101')];
    const items = await read(UNDATED, lines);
    expect(items).toEqual([
      expect.objectContaining({ amountMinor: 8_000, asOf: '2026-06-01' }),
      { fault: expect.objectContaining({ severity: 'record', rule: 'required', position: '56-63' }) },
    ]);
    expect(keys(await read(UNDATED, lines, 'AREC2.txt'))[0]).not.toBe(keys(items)[0]);
  });

  test('of more accounts than can wait is refused', async () => {
    const lines = [
      account('000000021', '000000001.00'),
      account('000000022', '000000001.00'),
      trailer(2, '000000002.00'),
    ];
    expect(await read(DATED, lines, 'AREC1.txt', 1)).toEqual([
      { fault: expect.objectContaining({ severity: 'file', rule: 'too-many' }) },
    ]);
  });
});

test('balances that wait come back as they were, over many blocks', () => {
  const held = new HeldBalances(20_000);
  const given = Array.from({ length: 20_000 }, (_, index) => ({
    reference: String(index * 49_999).padStart(9, '0'),
    account: index % 3 === 0 ? null : `ACCÖUNT ${index}`,
    amountMinor: index - 7_000,
  }));
  expect(given.every((balance) => held.add(balance))).toBe(true);
  expect(held.add(given[0]!)).toBe(false);
  expect([...held.all()]).toEqual(given);
});
