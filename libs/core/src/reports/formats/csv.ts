import { csvLine, csvRow } from '../domain/csv.js';
import type { OpenReport } from '../open-report.js';

/** A report as CSV in UTF-8: a line of keys and a line a row. Totals are left to whoever sums: a last line would be one more row. */
export async function* csvOf(report: OpenReport): AsyncGenerator<string, void, undefined> {
  const { columns } = report.frame;
  yield csvLine(columns.map(({ key, kind }) => (kind === 'money' ? key.replace(/Minor$/, '') : key)));
  for await (const row of report) yield csvRow(columns, row);
}
