import type { IsoDate } from '@concord/plugin-sdk';

/**
 * What a column holds: words, several words, a calendar date, a number of things, a number of days, or money in minor units
 * of the row's `currency`.
 */
export type ColumnKind = 'text' | 'list' | 'date' | 'count' | 'days' | 'money';

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** Whether the sum over all rows means something; sums are by currency. */
  readonly total?: true;
}

export type Value = string | number | null | readonly string[];

/** One row: a value for each column, and `currency` wherever a column is money. */
export type Row = Readonly<Record<string, Value>>;

/** Which days a report asks for: one, a span of days, or the month of a day up to that day. */
export type ReportPeriod = 'day' | 'span' | 'month';

/** What a report is about, before its first row. */
export interface ReportFrame {
  readonly report: string;
  readonly title: string;
  readonly jurisdiction: string;
  /** First day; null where the report is about one day only. */
  readonly from: IsoDate | null;
  /** The last day, or the day as of which everything is. */
  readonly to: IsoDate;
  readonly columns: readonly Column[];
}

/** The columns that every list of debts begins with. Names of people are in none: a number finds them for who may see them. */
export const DEBT_COLUMNS: readonly Column[] = [
  { key: 'number', title: 'Debt', kind: 'count' },
  { key: 'sourceReference', title: 'Reference', kind: 'text' },
  { key: 'type', title: 'Type', kind: 'text' },
];

export const CURRENCY: Column = { key: 'currency', title: 'Currency', kind: 'text' };

/** A column of money that is summed. */
export function money(key: string, title: string): Column {
  return { key, title, kind: 'money', total: true };
}

/** A column of numbers of things that is summed. */
export function count(key: string, title: string): Column {
  return { key, title, kind: 'count', total: true };
}
