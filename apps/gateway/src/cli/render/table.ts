import Table from 'cli-table3';
import { printable } from '../mapping/visible-text.js';

/** One column of a table that people read. */
export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string | number | null;
  readonly align?: 'left' | 'right';
}

/**
 * Lays rows out as a table without colours, so that it can be copied into a letter. Names and reasons may be a partner's: whatever
 * a terminal would obey is spelt out.
 */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const laidOut = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) laidOut.push(columns.map(({ value }) => printable(String(value(row) ?? ''))));
  return laidOut.toString();
}
