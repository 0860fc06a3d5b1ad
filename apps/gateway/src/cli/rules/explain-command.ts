import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Act } from '@concord/plugin-sdk';
import { ACTS } from '@concord/plugin-sdk';
import { dateArgument } from '../arguments.js';
import { explainDebt } from '../operations/explain.js';
import { perform } from '../perform.js';
import { explanationText } from '../render/explanation.js';
import { print } from '../terminal.js';

interface Options {
  readonly act?: Act;
  readonly date?: string;
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `explain`. */
export function addExplainCommand(concord: Command): void {
  concord
    .command('explain')
    .description('what may be done about a debt, what stands in the way, by which law, and until when')
    .argument('<debt>', "Concord's number of the debt, or its id")
    .option('--act <act>', `only this act: ${ACTS.join(', ')}`, actArgument)
    .option('--date <date>', "the day to be judged, YYYY-MM-DD; default the office's today", dateArgument)
    .option('--json', 'print JSON')
    .action(async (debt: string, { act, date, json }: Options) => {
      const found = await perform(explainDebt, { debt, act: act ?? null, date: date ?? null }, quiet);
      print(json ? JSON.stringify(found, null, 2) : explanationText(found));
    });
}

function actArgument(value: string): Act {
  const act = ACTS.find((each) => each === value);
  if (act === undefined) throw new InvalidArgumentError(`it must be one of ${ACTS.join(', ')}.`);
  return act;
}
