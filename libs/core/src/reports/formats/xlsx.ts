import writeXlsxFile from 'write-excel-file/node';
import type { CellObject, Row as SheetRow } from 'write-excel-file/node';
import { currencyExponent } from '../../money/domain/currency.js';
import { decimalFromMoney } from '../../money/domain/format-money.js';
import { Refusal } from '../../platform/errors.js';
import { words } from '../domain/csv.js';
import type { Column, ReportFrame, Row } from '../domain/report.js';
import type { OpenReport } from '../open-report.js';

/** A workbook is made in memory as a whole. */
export const MOST_XLSX_ROWS = 50_000;
const WIDTHS: Readonly<Record<Column['kind'], number>> = {
  text: 24,
  list: 48,
  date: 12,
  count: 10,
  days: 10,
  money: 20,
};
const LONGEST_SHEET_NAME = 31;

/**
 * A report as a workbook: amounts are numbers in the format of their currency, dates are dates, the header stays in sight,
 * and the last rows are the totals by currency. Text is written as text: no cell is a formula. A second sheet says what it is.
 *
 * @throws Refusal `report-too-large` above {@link MOST_XLSX_ROWS} rows
 */
export async function xlsxOf(report: OpenReport): Promise<Buffer> {
  const { frame } = report;
  const data: SheetRow[] = [frame.columns.map(({ title }) => heading(title))];
  for await (const row of report) {
    if (report.count > MOST_XLSX_ROWS) {
      throw new Refusal('report-too-large', `more than ${MOST_XLSX_ROWS} rows: take CSV, or JSON`);
    }
    data.push(frame.columns.map((column) => cell(column, row)));
  }
  for (const totals of report.totals) data.push(frame.columns.map((column, index) => totalCell(column, totals, index)));
  return writeXlsxFile([
    {
      data,
      sheet: frame.title.slice(0, LONGEST_SHEET_NAME),
      columns: frame.columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
      stickyRowsCount: 1,
    },
    { data: about(frame, report.contentHash), sheet: 'About', columns: [{ width: 16 }, { width: 70 }] },
  ]).toBuffer();
}

function heading(value: string): CellObject {
  return { type: String, value, fontWeight: 'bold', wrap: true };
}

function cell({ key, kind }: Column, row: Row): CellObject | null {
  const value = row[key] ?? null;
  if (value === null) return null;
  if (kind === 'money') return amount(Number(value), String(row['currency']));
  if (kind === 'date') return { type: Date, value: new Date(`${String(value)}T00:00:00Z`), format: 'yyyy-mm-dd' };
  if (typeof value === 'number') return { type: Number, value };
  return { type: String, value: words(value) };
}

function totalCell(column: Column, totals: Row, index: number): CellObject | null {
  const made = index === 0 ? heading(`Total ${String(totals['currency'])}`) : cell(column, totals);
  return made === null ? null : { ...made, fontWeight: 'bold' };
}

/** The nearest number to the exact decimals: it is shown with all of the currency's digits. */
function amount(minor: number, currency: string): CellObject {
  const exponent = currencyExponent(currency) ?? 2;
  const digits = exponent === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent)}`;
  const format = `[$${currency}] ${digits};-[$${currency}] ${digits}`;
  return { type: Number, value: Number(decimalFromMoney(minor, currency)), format };
}

function about({ report, title, jurisdiction, from, to }: ReportFrame, contentHash: string): SheetRow[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Report', `${title} (${report})`],
    ['Office', jurisdiction],
    ...(from === null
      ? [['As of', to] as const]
      : ([
          ['From', from],
          ['To', to],
        ] as const)),
    ['Content', contentHash],
  ];
  return facts.map(([name, value]) => [heading(name), { type: String, value }]);
}
