import type { ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { table } from './table.js';
import type { Column } from './table.js';

const COLUMNS: readonly Column<ExchangeView>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Date', value: ({ date }) => date },
  { title: 'Connector', value: ({ connector }) => connector },
  { title: '', value: ({ direction }) => direction },
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'State', value: ({ state }) => state },
  { title: 'File', value: ({ file }) => file },
  { title: 'Records', value: ({ records }) => records, align: 'right' },
  { title: 'Failure', value: ({ failure }) => failure && `${failure.step}: ${failure.message}` },
];

export function exchangeTable(exchanges: readonly ExchangeView[]): string {
  return table(COLUMNS, exchanges);
}

/** Any rows, with the columns that the first one has. */
export function plainTable(rows: readonly unknown[]): string {
  const [first] = rows as Record<string, unknown>[];
  if (!first) return 'none';
  const columns = Object.keys(first).map((title): Column<Record<string, unknown>> => ({
    title,
    value: (row) => {
      const value = row[title];
      return typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : ((value as string | number | null) ?? null);
    },
  }));
  return table(columns, rows as Record<string, unknown>[]);
}
