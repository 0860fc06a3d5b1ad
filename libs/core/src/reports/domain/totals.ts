import type { Column, Row } from './report.js';

/** Sums of a report's rows by currency, taken as the rows pass by. */
export class Totals {
  private readonly sums = new Map<string, Map<string, number>>();
  private readonly summed: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.summed = columns.filter(({ total }) => total === true);
  }

  /** @throws RangeError when a sum is beyond what a number holds exactly: a total that is only nearly right must not be told */
  add(row: Row): void {
    const currency = typeof row['currency'] === 'string' ? row['currency'] : '';
    const sums = this.sums.get(currency) ?? new Map<string, number>();
    this.sums.set(currency, sums);
    for (const { key } of this.summed) {
      const sum = (sums.get(key) ?? 0) + Number(row[key] ?? 0);
      if (!Number.isSafeInteger(sum)) throw new RangeError(`the sum of ${key} can not be held exactly`);
      sums.set(key, sum);
    }
  }

  /** One row a currency, in the order of their codes; none where no row came or nothing is summed. */
  rows(): Row[] {
    if (this.summed.length === 0) return [];
    return [...this.sums.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, sums]) => ({ currency, ...Object.fromEntries(sums) }));
  }
}
