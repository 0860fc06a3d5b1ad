import type { Command } from 'commander';
import { debtShow } from '../operations/debts.js';
import { perform } from '../perform.js';
import { debtText } from '../render/debt.js';
import { print } from '../terminal.js';

const quiet = (): void => undefined;

/** Registers `debts show`. */
export function addDebtsCommands(debts: Command): void {
  debts
    .command('show')
    .description('type, dates and judgments of a debt, what they were before, and what rules miss')
    .argument('<debt>', "Concord's number of the debt, or its id")
    .option('--json', 'print JSON')
    .action(async (debt: string, { json }: { json?: boolean }) => {
      const found = await perform(debtShow, { debt }, quiet);
      print(json ? JSON.stringify(found, null, 2) : debtText(found));
    });
}
