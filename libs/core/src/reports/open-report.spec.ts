import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { ReportFrame, Row } from './domain/report.js';
import { bytesOf } from './formats/report-format.js';
import { OpenReport } from './open-report.js';

const frame: ReportFrame = {
  ...{ report: 'r', title: 'R', jurisdiction: 'j', from: null, to: '2026-03-01' },
  columns: [
    { key: 'type', title: 'Type', kind: 'text' },
    { key: 'owedMinor', title: 'Owed', kind: 'money', total: true },
  ],
};
const row = (type: string, owedMinor: number, currency = 'USD'): Row => ({ type, owedMinor, currency });

/** How often reports of a test let go of what they hold. */
let closed = 0;
const open = (batches: AsyncIterable<readonly Row[]>) => {
  closed = 0;
  return OpenReport.begin(frame, batches, () => (closed += 1));
};
async function* inBatches(...batches: (readonly Row[])[]): AsyncGenerator<readonly Row[]> {
  for (const batch of batches) yield batch;
}
async function* failing(): AsyncGenerator<readonly Row[]> {
  yield [row('a', 1)];
  throw new Error('the connection was lost');
}

describe('a report that is read', () => {
  it('has totals by currency and a hash at its end, however its rows came', async () => {
    const rows = [row('a', 1), row('b', 5, 'CAD'), row('c', -3)];
    const hashes: string[] = [];
    for (const batches of [[rows], [rows.slice(0, 1), [], rows.slice(1)]]) {
      const report = await open(inBatches(...batches));
      expect(() => report.totals).toThrow('not been read');
      expect(JSON.parse(await text(await bytesOf(report, 'json')))).toMatchObject({
        ...{ report: 'r', rows: [{ type: 'a', owedMinor: 1 }, { type: 'b' }, { type: 'c' }] },
        totals: [
          { currency: 'CAD', owedMinor: 5 },
          { currency: 'USD', owedMinor: -2 },
        ],
        contentHash: report.contentHash,
      });
      expect([report.count, closed]).toEqual([3, 1]);
      hashes.push(report.contentHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
    const other = await open(inBatches([row('a', 2)]));
    await text(await bytesOf(other, 'csv'));
    expect(hashes).not.toContain(other.contentHash);
  });

  it('of nothing is whole', async () => {
    const report = await open(inBatches());
    expect(JSON.parse(await text(await bytesOf(report, 'json')))).toMatchObject({ rows: [], totals: [] });
  });

  it.each(['csv', 'json'] as const)(
    'fails as %s where its rows fail, and does not look as if it had ended',
    async (format) => {
      const report = await open(failing());
      await expect(text(await bytesOf(report, format))).rejects.toThrow('the connection was lost');
      expect(closed).toBe(1);
    },
  );

  it('lets go once: when it is closed, and when whoever reads it goes away, read or not', async () => {
    const unread = await open(inBatches([row('a', 1)]));
    await unread.close();
    await unread.close();
    expect(closed).toBe(1);
    const left = await bytesOf(await open(inBatches([row('a', 1)])), 'csv');
    await new Promise((resolve) => left.once('close', resolve).destroy());
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(1);
  });

  it('lets go where its first rows are refused', async () => {
    async function* refused(): AsyncGenerator<readonly Row[]> {
      yield* [];
      throw new Error('does not add up');
    }
    await expect(open(refused())).rejects.toThrow('does not add up');
    expect(closed).toBe(1);
  });

  it('never tells a sum that it can not hold', async () => {
    const report = await open(inBatches([row('a', Number.MAX_SAFE_INTEGER), row('b', 1)]));
    await expect(text(await bytesOf(report, 'csv'))).rejects.toThrow(RangeError);
  });
});
