import { words } from '@concord/core/reports/domain/csv';
import type { Column as ReportColumn, ReportFrame, Row, Value } from '@concord/core/reports/domain/report';
import { formatMoney } from '@concord/core/money/domain/format-money';
import type { ReportShown } from '../operations/reports.js';
import { table } from './table.js';
import type { Column } from './table.js';

/** A report as people read it: what it is, its rows, a row of totals a currency, and the hash that a sign-off names. */
export function reportTable({ frame, rows, totals, contentHash }: ReportShown): string {
  const head = `${frame.title}, ${frame.jurisdiction}, ${days(frame)}`;
  if (rows.length === 0) return `${head}\nNothing to tell.\nContent ${contentHash}`;
  const summed = totals.map((sums) => ({ ...sums, [TOTAL]: `Total ${String(sums['currency'])}` }));
  const columns = frame.columns.map((column, index): Column<Row> => ({
    title: column.title,
    value: (row) => (index === 0 && typeof row[TOTAL] === 'string' ? row[TOTAL] : shown(column, row)),
    align: ['money', 'count', 'days'].includes(column.kind) ? 'right' : 'left',
  }));
  return [head, table(columns, [...rows, ...summed]), `Content ${contentHash}`].join('\n');
}

/** A key that no column has. */
const TOTAL = ' total';

function days({ from, to }: ReportFrame): string {
  return from === null ? `as of ${to}` : `${from} to ${to}`;
}

function shown({ key, kind }: ReportColumn, row: Row): string | number {
  const value: Value = row[key] ?? null;
  if (value === null) return '';
  if (kind === 'money') return formatMoney(Number(value), String(row['currency']), 'en');
  return typeof value === 'number' ? value : words(value);
}
