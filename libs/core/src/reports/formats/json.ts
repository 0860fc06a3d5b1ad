import type { OpenReport } from '../open-report.js';

/** A report as JSON, written as its rows come: frame, rows, totals by currency, hash. Amounts are integer minor units. */
export async function* jsonOf(report: OpenReport): AsyncGenerator<string, void, undefined> {
  const { columns } = report.frame;
  yield `${JSON.stringify(report.frame).slice(0, -1)},"rows":[`;
  let between = '\n';
  for await (const row of report) {
    yield between + JSON.stringify(Object.fromEntries(columns.map(({ key }) => [key, row[key] ?? null])));
    between = ',\n';
  }
  yield `\n],"totals":${JSON.stringify(report.totals)},"contentHash":"${report.contentHash}"}\n`;
}
