import Table from 'cli-table3';
import { printable } from '../mapping/visible-text.js';

/** One column of a table that people read. */
export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string | number | null;
  readonly align?: 'left' | 'right';
  /** Most characters of a line: what is longer goes on in the next. Left out: as long as the longest value. */
  readonly width?: number;
}

/** Spaces on both sides of a value. */
const PADDING = 2;

/**
 * Lays rows out as a table without colours, so that it can be copied into a letter. Names and reasons may be a partner's: whatever
 * a terminal would obey is spelt out.
 */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const texts = rows.map((row) => columns.map(({ value }) => printable(String(value(row) ?? ''))));
  const laidOut = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ title, width }, at) =>
      wrappedWidth(width, [title, ...texts.map((line) => line[at] ?? '')]),
    ),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const line of texts) laidOut.push(line);
  return laidOut.toString();
}

/** A word is never cut: one that is longer than its column makes the column wider. Null where no value needs another line. */
function wrappedWidth(width: number | undefined, values: readonly string[]): number | null {
  if (width === undefined || values.every((value) => value.length <= width)) return null;
  const words = values.flatMap((value) => value.split(/\s+/)).map((word) => word.length);
  return Math.max(width, ...words) + PADDING;
}
