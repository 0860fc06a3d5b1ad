import type { Command } from 'commander';
import { requireJurisdictions } from '@concord/core/configuration/jurisdiction-file';
import { parameterOverrides } from '@concord/core/configuration/rule-settings';
import { readEnvironment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { listRules } from '@concord/core/rules/domain/listing';
import type { ListedRule } from '@concord/core/rules/domain/listing';
import { configuredPlugins, terminalHost } from '../file/file-job.js';
import { ruleTable, ruleText } from '../render/rules.js';
import type { ShownRule } from '../render/rules.js';
import { ROOT } from '../root.js';
import { print } from '../terminal.js';

interface Options {
  readonly json?: boolean;
}

/** Registers `rules list` and `rules show`. They need neither a database nor a running instance. */
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
