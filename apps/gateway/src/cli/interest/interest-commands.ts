import type { Command } from 'commander';
import { dateArgument } from '../arguments.js';
import { interestAccrue } from '../operations/interest.js';
import { perform } from '../perform.js';
import { plainTable } from '../render/exchanges.js';
import { actor, print } from '../terminal.js';

const quiet = (): void => undefined;

/** Registers `interest accrue`. */
export function addInterestCommands(interest: Command): void {
  interest
    .command('accrue')
    .description("post the interest that an office's debts have borne and that is not in their ledgers yet")
    .requiredOption('--jurisdiction <id>', 'the office')
    .option('--through <date>', "last day that bears interest; default the office's today", dateArgument)
    .option('--json', 'print JSON')
    .action(async ({ jurisdiction, through, json }: { jurisdiction: string; through?: string; json?: boolean }) => {
      const parameters = { jurisdictionId: jurisdiction, through: through ?? null, actor: actor() };
      const accrued = await perform(interestAccrue, parameters, quiet);
      print(json ? JSON.stringify(accrued, null, 2) : plainTable([accrued]));
    });
}
