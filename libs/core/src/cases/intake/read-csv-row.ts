import type { z } from 'zod';
import { intakeRow } from '../domain/intake-row.js';
import { CSV_COLUMNS } from './csv-columns.js';
import { csvEntries } from './csv-ledger.js';
import type { CsvEntry } from './csv-ledger.js';
import { csvAwards } from './csv-judgment.js';
import { shownValue } from './intake-fault.js';
import type { IntakeFault, IntakeItem } from './intake-fault.js';

/** Reads the cells of one CSV row, by column name. Never throws for what a file may hold. */
export function readCsvRow(line: number, cells: ReadonlyMap<string, string>, defaultCurrency: string): IntakeItem {
  const faults: IntakeFault[] = [];
  const fault = (column: string | null, reason: string) => {
    if (faults.some((known) => known.column === column && column !== null)) return;
    const value = column === null ? null : shownValue(column, cells.get(column) ?? '');
    faults.push({ severity: 'row', line, column, value, reason });
  };

  for (const { name, required } of CSV_COLUMNS) {
    if (required && (cells.get(name) ?? '') === '') fault(name, 'must not be blank');
  }
  const currency = cells.get('currency') || defaultCurrency;
  const entries = csvEntries(cells, currency, fault);
  const laidOut = nested(cells);
  const parsed = intakeRow.safeParse({
    ...laidOut,
    ...(laidOut['judgment'] === undefined
      ? {}
      : { judgment: { ...(laidOut['judgment'] as Nested), ...csvAwards(cells, currency, fault) } }),
    aroseFromContract: truth(cells.get('arose_from_contract') ?? ''),
    currency,
    entries: entries.map(({ kind, amountMinor, on, reference }) => ({ kind, amountMinor, on, reference })),
    proofs: csvProofs(cells),
  });
  if (parsed.success && faults.length === 0) return { line, row: parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    const column = columnOf(issue, entries);
    // A cell that could not be read as an amount leaves the entries incomplete; it has been told already.
    if (issue.path[0] === 'entries' && issue.path.length === 1 && faults.length > 0) continue;
    fault(column, column === null ? `${issue.path.join('.')} ${issue.message}` : issue.message);
  }
  return { line, faults };
}

/** The CSV form has room for one notice to the debtor; other proofs come as JSON Lines, or one by one. */
function csvProofs(cells: ReadonlyMap<string, string>): { readonly kind: 'notice-sent'; readonly on: string }[] {
  const on = cells.get('notice_sent_on') ?? '';
  return on === '' ? [] : [{ kind: 'notice-sent', on }];
}

/** Spreadsheets write TRUE and FALSE; anything else is left for the schema to refuse. */
function truth(cell: string): boolean | string {
  const lower = cell.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : cell;
}

type Nested = { [field: string]: string | Nested };

/** Lays cells out in the shape of the intake row. Blank cells are left out, and so are groups with blank cells only. */
function nested(cells: ReadonlyMap<string, string>): Nested {
  const root: Nested = {};
  for (const { name, path } of CSV_COLUMNS) {
    const value = cells.get(name) ?? '';
    if (path === null || value === '') continue;
    const groups = path.split('.');
    const field = groups.pop() ?? path;
    let at = root;
    for (const group of groups) {
      const next = at[group];
      at = typeof next === 'object' ? next : (at[group] = {});
    }
    at[field] = value;
  }
  return root;
}

/** The column that an issue of the schema is about; null when it is about none in particular. */
function columnOf(issue: z.core.$ZodIssue, entries: readonly CsvEntry[]): string | null {
  if (issue.path[0] === 'entries') {
    const entry = entries[Number(issue.path[1])];
    if (entry === undefined) return 'amount';
    return issue.path[2] === 'on' ? entry.dateColumn : entry.column;
  }
  if (issue.path[0] === 'proofs') return 'notice_sent_on';
  const path = issue.path.join('.');
  return CSV_COLUMNS.find((column) => column.path === path)?.name ?? null;
}
