import type { Command } from 'commander';
import { adverseSwitch, jurisdictionList } from '../operations/jurisdictions.js';
import { perform } from '../perform.js';
import { plainTable } from '../render/exchanges.js';
import { actor, print } from '../terminal.js';

interface Options {
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `jurisdictions list`, `jurisdictions stop` and `jurisdictions resume`. */
export function addJurisdictionCommands(jurisdictions: Command): void {
  jurisdictions
    .command('list')
    .description('the offices, and whose adverse output is stopped')
    .option('--json', 'print JSON')
    .action(async ({ json }: Options) => {
      const found = await perform(jurisdictionList, {}, quiet);
      print(json ? JSON.stringify(found, null, 2) : plainTable(found));
    });

  const switching = (name: string, description: string, stopped: boolean, done: string): void => {
    jurisdictions
      .command(name)
      .description(description)
      .argument('<id>')
      .requiredOption('--reason <text>', 'why; it is kept')
      .option('--json', 'print JSON')
      .action(async (id: string, { reason, json }: Options & { reason: string }) => {
        const parameters = { jurisdictionId: id, stopped, reason, actor: actor() };
        const result = await perform(adverseSwitch, parameters, quiet);
        print(json ? JSON.stringify(result, null, 2) : `${id}: ${done}`);
      });
  };
  switching(
    'stop',
    'stop all adverse output at once; releases, corrections downwards and answers go on',
    true,
    'all adverse output is stopped; only releases and reductions go out.',
  );
  switching('resume', 'let adverse output go out again', false, 'adverse output goes out again.');
}
