import type { Command } from 'commander';
import { formatMoney } from '@concord/core/money/domain/format-money';
import { suspenseList, suspenseMatch } from '../operations/suspense.js';
import { perform } from '../perform.js';
import { suspenseTable } from '../render/suspense.js';
import { actor, print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `suspense list` and `suspense match`. */
export function addSuspenseCommands(suspense: Command): void {
  suspense
    .command('list')
    .description("partners' money that could not be posted, with where it came from and why")
    .option('--jurisdiction <id>', 'only this office')
    .option('--state <state>', 'open (default), posted or cancelled')
    .option('--json', 'print JSON')
    .action(async ({ json, ...filter }: Json & { jurisdiction?: string; state?: string }) => {
      const found = await perform(suspenseList, filter, quiet);
      print(json ? JSON.stringify(found, null, 2) : suspenseTable(found));
    });
  suspense
    .command('match')
    .description('post it to the debt that it was meant for')
    .argument('<id>')
    .requiredOption('--debt <number>', "Concord's number of the debt, or its id")
    .option('--json', 'print JSON')
    .action(async (id: string, { debt, json }: Json & { debt: string }) => {
      const matched = await perform(suspenseMatch, { id, debt, actor: actor() }, quiet);
      const balance = formatMoney(matched.balanceMinor, matched.currency, 'en');
      print(json ? JSON.stringify(matched, null, 2) : `Posted. The balance of the debt is ${balance} now.`);
    });
}
