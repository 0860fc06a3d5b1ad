import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { Refusal } from '@concord/core/platform/errors';
import { addAlertsCommands } from './alerts/alerts-commands.js';
import { dateArgument } from './arguments.js';
import { addConnectorsCommands } from './connectors/connectors-commands.js';
import { addDebtsCommands } from './debts/debts-commands.js';
import { addEventsCommands } from './events/events-commands.js';
import { addExchangeCommands } from './exchange/exchange-commands.js';
import { addQuarantineCommands } from './exchange/quarantine-commands.js';
import { addGeneralLedgerCommands } from './general-ledger/general-ledger-commands.js';
import { addIntakeCommands } from './intake/intake-commands.js';
import { addInterestCommands } from './interest/interest-commands.js';
import { addSuspenseCommands } from './exchange/suspense-commands.js';
import { checkFile, decodeFile, encodeFile } from './file/file-commands.js';
import type { FileOptions } from './file/file-job.js';
import { addJurisdictionCommands } from './jurisdictions/jurisdiction-commands.js';
import { addMappingCommands } from './mapping/mapping-commands.js';
import { addNoticesCommands } from './notices/notices-commands.js';
import { importDebts } from './operations/import-debts.js';
import { positionsOf } from './operations/look.js';
import { runDay } from './operations/run-day.js';
import { addPartiesCommands } from './parties/parties-commands.js';
import { perform } from './perform.js';
import { checkPlugins } from './plugins/check-plugins.js';
import { listPlugins } from './plugins/list-plugins.js';
import { dayTable } from './render/day.js';
import { plainTable } from './render/exchanges.js';
import { importText } from './render/import.js';
import { addReleasesCommand } from './releases/releases-command.js';
import { addReportsCommands } from './reports/reports-commands.js';
import { addExplainCommand } from './rules/explain-command.js';
import { addRulesCommands } from './rules/rules-commands.js';
import { addStrategyCommands } from './strategies/strategy-commands.js';
import type { StartOptions } from './start/start.js';
import { actor, note, print, withProgress } from './terminal.js';

/** Bad options and values, and whatever Concord refuses to do as asked. */
const REFUSED = 2;
const FAILED = 1;

/** The options that print data for machines. */
interface Json {
  readonly json?: boolean;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const quiet = (): void => undefined;

function program(finish: (code: number) => void): Command {
  const concord = new Command('concord')
    .description('Keeps every outside body that acts on a public debt in agreement with the office that owns it.')
    .showHelpAfterError(false)
    .showSuggestionAfterError(false);

  concord
    .command('start')
    .description('run everything on this machine: database, simulated partners, one business day, then the API')
    .option('--once', 'end after the day')
    .option('--report <file>', "write the day's report as JSON")
    .option('--date <date>', 'the business day, YYYY-MM-DD; not before the last day run', dateArgument)
    .option('--empty', 'without simulated partners and made-up cases')
    .action(async (options: StartOptions) => {
      const { start } = await import('./start/start.js');
      finish(await start(options));
    });

  concord
    .command('import')
    .description('take a file of debts in (CSV, or JSON Lines by the ending .jsonl)')
    .argument('<file>')
    .requiredOption('--jurisdiction <id>', 'the office that the debts belong to')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Json & { jurisdiction: string }) => {
      const parameters = { path: resolve(file), jurisdictionId: options.jurisdiction, actor: actor() };
      const summary = await withProgress((progress) => perform(importDebts, parameters, progress.show));
      print(options.json ? JSON.stringify(summary, null, 2) : importText(summary));
    });

  concord
    .command('day')
    .description('run one business day: refer, judge, send, collect')
    .option('--date <date>', 'the business day, YYYY-MM-DD; not before the last day run', dateArgument)
    .option('--jurisdiction <id>', 'only this office')
    .option('--json', 'print JSON')
    .action(async (options: Json & { date?: string; jurisdiction?: string }) => {
      const parameters = { date: options.date ?? null, jurisdictionId: options.jurisdiction ?? null, actor: actor() };
      const { report, failures } = await withProgress((progress) => perform(runDay, parameters, progress.show));
      print(options.json ? JSON.stringify(report, null, 2) : dayTable(report));
      failures.forEach((failure) => note(failure));
      if (failures.length > 0) finish(FAILED);
    });

  const plugins = concord.command('plugins').description('the plugins that are loaded');
  plugins
    .command('list')
    .option('--json', 'print JSON')
    .action((options: Json) => listPlugins(options.json ?? false));
  plugins
    .command('check')
    .description("run the conformance kit against a plugin's own samples")
    .argument('[id]', 'only this plugin; default all')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, { json }: Json) => finish(await checkPlugins(id ?? null, json ?? false)));

  addFileCommands(concord.command('file').description("partners' files, without anything being sent"), finish);

  addMappingCommands(concord.command('mapping').description("partners' layouts, as administrators write them"), finish);

  addJurisdictionCommands(concord.command('jurisdictions').description('the offices, and the switch of each'));

  addEventsCommands(
    concord.command('events').description('events between the processes, where they travel over Kafka'),
  );

  addAlertsCommands(concord.command('alerts').description('what is wrong'));
  addExchangeCommands(concord.command('exchange').description('files sent and received'));
  addQuarantineCommands(
    concord.command('quarantine').description("records of partners' files that could not be applied"),
  );
  addSuspenseCommands(concord.command('suspense').description("partners' money that could not be posted"));
  addDebtsCommands(concord.command('debts').description('what is held about debts beside their money'));
  addPartiesCommands(concord.command('parties').description('who owes, and who may be the same'));
  addGeneralLedgerCommands(concord.command('gl').description("postings out to the office's general ledger"));
  addIntakeCommands(concord.command('intake').description('daily files of host billing systems'), finish);
  addInterestCommands(concord.command('interest').description('interest that debts bear, as configured'));
  addNoticesCommands(concord.command('notices').description('letters to debtors: made, released, posted'));
  addRulesCommands(concord.command('rules').description('the register of rules: law as code, with its sources'));
  addExplainCommand(concord);
  addReleasesCommand(concord);
  addReportsCommands(concord.command('reports').description('what is owed, collected, late and signed'));
  addStrategyCommands(
    concord.command('strategies').description('which debts are referred to whom without an officer asking'),
  );
  addConnectorsCommands(concord.command('connectors').description('the ways to partners, and their modes'), finish);

  concord
    .command('positions')
    .description('what partners hold and should hold of one debt')
    .requiredOption('--subject <id>', "a debt's id or number")
    .option('--json', 'print JSON')
    .action(async ({ subject, json }: Json & { subject: string }) => {
      const found = await perform(positionsOf, { subject }, quiet);
      if (json) return print(JSON.stringify(found, null, 2));
      return print(
        [plainTable(found.positions), ...(found.blocks.length > 0 ? [plainTable(found.blocks)] : [])].join('\n'),
      );
    });
  return concord;
}

function addFileCommands(file: Command, finish: (code: number) => void): void {
  const common = (command: Command): Command =>
    command
      .requiredOption('--plugin <id>', 'the plugin whose file it is')
      .option('--kind <kind>', "the kind of file; default the plugin's first")
      .option('--settings <file>', "YAML settings; default the plugin's example");
  common(file.command('decode').description('a file as JSON Lines').argument('<file>', '- for standard input')).action(
    async (path: string, options: FileOptions) => finish(await decodeFile(path, options, today())),
  );
  common(file.command('encode').description('JSON Lines on standard input as a file'))
    .option('--date <date>', 'the date that the file is made for; default today', dateArgument)
    .action(async ({ date: day, ...options }: FileOptions & { date?: string }) =>
      finish(await encodeFile(options, day ?? today())),
    );
  common(file.command('check').description('every fault of a file').argument('<file>', '- for standard input'))
    .option('--json', 'print JSON')
    .action(async (path: string, options: FileOptions & Json) => finish(await checkFile(path, options, today())));
}

async function main(): Promise<void> {
  let code = 0;
  const concord = program((with_) => (code = with_));
  const everyCommand = (command: Command): void => {
    command
      .showSuggestionAfterError(false)
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(text.trimEnd() + '\n') });
    command.commands.forEach(everyCommand);
  };
  everyCommand(concord);
  try {
    await concord.parseAsync();
  } catch (error) {
    code = explain(error);
  }
  // Work that was cut short may still wait for something that is gone; what was printed is written first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

function explain(error: unknown): number {
  // Commander has said what is wrong already; help and version end well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : REFUSED;
  if (error instanceof Refusal) {
    note(error.message);
    return error.code === 'command-failed' ? FAILED : REFUSED;
  }
  note(error instanceof Error ? error.message : String(error));
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) note(error.stack ?? '');
  return FAILED;
}

await main();
