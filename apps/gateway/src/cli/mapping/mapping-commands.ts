import { InvalidArgumentError, type Command } from 'commander';
import { note, print } from '../terminal.js';
import { checkMapping, type MappingCheckOptions } from './check-mapping.js';

const SHOWN = 20;
const MOST_SHOWN = 10_000;

/** Registers `mapping check`. */
export function addMappingCommands(mapping: Command, finish: (code: number) => void): void {
  mapping
    .command('check')
    .description('every fault of a layout in a YAML file; with a sample, how it is read')
    .argument('<file>', 'a YAML file with a layout, or with several under keys')
    .option('--sample <file>', "a partner's file to be shown field by field, - for standard input")
    .option('--key <key>', 'which layout the sample is of, where the file holds several')
    .option('--records <number>', 'most records of the sample to be shown', count, SHOWN)
    .option('--json', 'print JSON')
    .action(async (file: string, options: MappingCheckOptions) =>
      finish(await checkMapping(file, options, { print, note })),
    );
}

function count(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= MOST_SHOWN) return number;
  throw new InvalidArgumentError(`it must be a number from 1 to ${MOST_SHOWN}.`);
}
