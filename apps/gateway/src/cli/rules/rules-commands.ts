import type { Command } from 'commander';
import { requireJurisdictions } from '@concord/core/configuration/jurisdiction-file';
import { parameterOverrides } from '@concord/core/configuration/rule-settings';
import { readEnvironment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { listRules } from '@concord/core/rules/domain/listing';
import type { ListedRule } from '@concord/core/rules/domain/listing';
import { dateArgument, exampleCount } from '../arguments.js';
import { configuredPlugins, terminalHost } from '../file/file-job.js';
import { rulesPreview } from '../operations/rules.js';
import { perform } from '../perform.js';
import { rulesPreviewText } from '../render/rules-preview.js';
import { ruleTable, ruleText } from '../render/rules.js';
import type { ShownRule } from '../render/rules.js';
import { ROOT } from '../root.js';
import { print } from '../terminal.js';

const EXAMPLES = 5;

interface Options {
  readonly json?: boolean;
}

interface PreviewOptions extends Options {
  readonly jurisdiction: string;
  readonly file?: string;
  readonly date?: string;
  readonly examples: number;
}

const quiet = (): void => undefined;

/** Registers `rules list` and `rules show`, which need neither a database nor a running instance, and `rules preview`. */
export function addRulesCommands(rules: Command): void {
  rules
    .command('list')
    .description('every rule of the register, and which acts it judges here')
    .option('--json', 'print JSON')
    .action(async ({ json }: Options) => {
      const found = await installedRules();
      print(json ? JSON.stringify(found, null, 2) : ruleTable(found));
    });

  rules
    .command('show')
    .description('one rule: where and when it holds, its source, its numbers, and what offices have otherwise')
    .argument('<id>', 'such as US-REGF-01')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Options) => {
      const shown = await showRule(id);
      print(json ? JSON.stringify(shown, null, 2) : ruleText(shown));
    });

  rules
    .command('preview')
    .description('what other numbers would open, restrain, block, close or withdraw, and why; nothing is changed')
    .requiredOption('--jurisdiction <id>', 'the office')
    .option('--file <file>', "YAML: the office's numbers as they would be, or one; default what is configured")
    .option('--date <date>', 'the day to be judged, YYYY-MM-DD; default the first of the change', dateArgument)
    .option('--examples <n>', 'how many debts each count names, 0 to 100', exampleCount, EXAMPLES)
    .option('--json', 'print JSON')
    .action(async ({ jurisdiction: jurisdictionId, file, date, examples, json }: PreviewOptions) => {
      const proposed = file === undefined ? null : await proposal(file);
      const order = { jurisdictionId, proposed, date: date ?? null, examples };
      const preview = await ofFile(file, perform(rulesPreview, order, quiet));
      print(json ? JSON.stringify(preview, null, 2) : rulesPreviewText(preview));
    });
}

async function proposal(file: string): Promise<unknown> {
  const { readSettingsFile } = await import('@concord/plugin-sdk');
  let content: unknown;
  try {
    content = await readSettingsFile(file);
  } catch (error) {
    throw new Refusal('rules-invalid', (error as Error).message);
  }
  // Without this, nothing proposed would read as a preview of what is configured.
  if (content === null || content === undefined) throw new Refusal('rules-invalid', `${file}: says nothing`);
  return content;
}

/** What is wrong with a file names the file. */
async function ofFile<T>(file: string | undefined, made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if (file === undefined || !(error instanceof Refusal) || error.code !== 'rules-invalid') throw error;
    throw new Refusal(error.code, `${file}: ${error.message}`);
  }
}

/** The register, as far as the acts of the plugins of the configured list reach it. */
async function installedRules(): Promise<readonly ListedRule[]> {
  const host = terminalHost();
  try {
    const plugins = await configuredPlugins(host);
    return listRules(plugins.flatMap(({ description }) => description.act ?? []));
  } finally {
    host.close();
  }
}

async function showRule(id: string): Promise<ShownRule> {
  const rule = (await installedRules()).find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (!rule) throw new Refusal('rule-unknown', `the register has no rule ${id}`);
  const jurisdictions = await requireJurisdictions(readEnvironment(ROOT).configFolder);
  const overrides = jurisdictions.flatMap((each) => parameterOverrides(each)).filter((each) => each.rule === rule.id);
  return { ...rule, overrides };
}
