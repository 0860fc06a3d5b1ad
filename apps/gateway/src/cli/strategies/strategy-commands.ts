import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { Refusal } from '@concord/core/platform/errors';
import { exampleCount } from '../arguments.js';
import { REASON } from '../ask.js';
import { strategyApply, strategyList, strategyPreview } from '../operations/strategies.js';
import { perform } from '../perform.js';
import { previewText, strategyTable } from '../render/strategies.js';
import { actor, print } from '../terminal.js';

const EXAMPLES = 5;

interface OfOffice {
  readonly jurisdiction: string;
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `strategies list`, `strategies preview` and `strategies apply`. */
export function addStrategyCommands(strategies: Command): void {
  strategies
    .command('list')
    .description('what is in force, what waits for a person, and how many referrals stand')
    .requiredOption('--jurisdiction <id>', 'the office')
    .option('--json', 'print JSON')
    .action(async ({ jurisdiction, json }: OfOffice) => {
      const found = await perform(strategyList, { jurisdictionId: jurisdiction }, quiet);
      print(json ? JSON.stringify(found, null, 2) : strategyTable(jurisdiction, found));
    });

  strategies
    .command('preview')
    .description('what would be referred to whom, recalled and left out, and why; nothing is changed')
    .requiredOption('--jurisdiction <id>', 'the office')
    .option('--strategy <id>', 'only what comes of this strategy')
    .option('--file <file>', 'YAML: strategies as they would be, or one of them; default those in force')
    .option('--held', 'with what is held for a person in the place of what is in force')
    .option('--examples <n>', 'how many debts each count names, 0 to 100', exampleCount, EXAMPLES)
    .option('--json', 'print JSON')
    .action(async (options: OfOffice & { strategy?: string; file?: string; held?: boolean; examples: number }) => {
      const proposed = options.file === undefined ? null : await proposal(options.file);
      const { jurisdiction: jurisdictionId, strategy, held = false, examples } = options;
      const order = { jurisdictionId, strategyId: strategy ?? null, proposed, held, examples };
      const preview = await perform(strategyPreview, order, quiet);
      print(options.json ? JSON.stringify(preview, null, 2) : previewText(preview));
    });

  strategies
    .command('apply')
    .description('put a changed strategy into force that was held, because it would do a surprising lot')
    .argument('<strategy>')
    .requiredOption('--jurisdiction <id>', 'the office')
    .requiredOption('--held <version>', 'the version that you have looked at, as the list shows it', version)
    .requiredOption(...REASON)
    .option('--json', 'print JSON')
    .action(
      async (strategyId: string, { jurisdiction, held, reason, json }: OfOffice & { held: string; reason: string }) => {
        const parameters = { jurisdictionId: jurisdiction, strategyId, version: held, reason, actor: actor() };
        const applied = await perform(strategyApply, parameters, quiet);
        print(json ? JSON.stringify(applied, null, 2) : `${strategyId}: in force; the next review acts by it.`);
      },
    );
}

async function proposal(file: string): Promise<unknown> {
  const { readSettingsFile } = await import('@concord/plugin-sdk');
  try {
    return await readSettingsFile(file);
  } catch (error) {
    throw new Refusal('strategies-invalid', (error as Error).message);
  }
}

/** As many digits as the list shows, or more. */
function version(text: string): string {
  if (!/^[0-9a-f]{12,64}$/.test(text)) throw new InvalidArgumentError('must be 12 to 64 hexadecimal digits');
  return text;
}
