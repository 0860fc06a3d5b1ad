import { extname, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { Refusal } from '@concord/core/platform/errors';
import { dateArgument } from '../arguments.js';
import { reportFile, reportList, reportShow, reportSignOff } from '../operations/reports.js';
import { perform } from '../perform.js';
import { reportTable } from '../render/report.js';
import { table } from '../render/table.js';
import { actor, note, print } from '../terminal.js';

const quiet = (): void => undefined;

const FORMATS = ['table', 'json', 'csv', 'xlsx'] as const;
type Format = (typeof FORMATS)[number];

interface RunOptions {
  readonly jurisdiction: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format?: Format;
  readonly out?: string;
}

interface SignOffOptions {
  readonly jurisdiction: string;
  readonly month: string;
  readonly hash: string;
  readonly note?: string;
}

/** Registers `reports list`, `reports run` and `reports sign-off`. */
export function addReportsCommands(reports: Command): void {
  reports
    .command('list')
    .description('the reports, and which days each takes')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await perform(reportList, {}, quiet);
      if (json) return print(JSON.stringify(found, null, 2));
      return print(
        table(
          [
            { title: 'Name', value: ({ name }) => name },
            { title: 'Report', value: ({ title }) => title },
            { title: 'Days', value: ({ takes }) => (takes === 'span' ? '--from, --to' : '--as-of') },
          ],
          found,
        ),
      );
    });
  reports
    .command('run')
    .description('one report')
    .argument('<name>')
    .requiredOption('--jurisdiction <id>', 'the office')
    .option(
      '--as-of <date>',
      "the day; default the office's today, of control totals the end of last month",
      dateArgument,
    )
    .option('--from <date>', 'first day of a report over a span; default the first of the month', dateArgument)
    .option('--to <date>', "last day of a report over a span; default the office's today", dateArgument)
    .addOption(new Option('--format <format>', 'default table, or by the ending of the file').choices(FORMATS))
    .option('--out <file>', 'write it there')
    .action(runReport);
  reports
    .command('sign-off')
    .description('record that you found the control totals of a month right')
    .requiredOption('--jurisdiction <id>', 'the office')
    .requiredOption('--month <month>', 'YYYY-MM', monthArgument)
    .requiredOption('--hash <hash>', 'the content that you looked at, as the report tells it')
    .option('--note <text>', 'kept with it')
    .option('--json', 'print JSON')
    .action(async ({ hash, json, ...options }: SignOffOptions & { json?: boolean }) => {
      const order = { ...options, note: options.note ?? null, contentHash: hash, actor: actor() };
      const done = await perform(reportSignOff, order, quiet);
      const told = done.signed
        ? `${done.month} is signed by ${done.actor}.`
        : `${done.month} was signed by ${done.actor} before.`;
      print(json ? JSON.stringify(done, null, 2) : told);
    });
}

async function runReport(report: string, options: RunOptions): Promise<void> {
  const { jurisdiction, asOf = null, from = null, to = null } = options;
  const order = { report, jurisdiction, asOf, from, to };
  const out = options.out === undefined ? null : resolve(options.out);
  const format = options.format ?? formatOf(out);
  if (format === 'table') {
    if (out !== null)
      throw new Refusal('format-missing', 'a file is json, csv or xlsx: say --format, or end its name so');
    return print(reportTable(await perform(reportShow, order, quiet)));
  }
  const made = await perform(reportFile, { order, format, out }, quiet);
  if (made.text !== null) return print(made.text);
  return note(`${made.rows} rows in ${out}; content ${made.contentHash}`);
}

function formatOf(out: string | null): Format {
  const ending = out === null ? '' : extname(out).slice(1);
  return FORMATS.find((format) => format === ending) ?? 'table';
}

function monthArgument(value: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) throw new InvalidArgumentError('it must be a month, written YYYY-MM.');
  return value;
}
