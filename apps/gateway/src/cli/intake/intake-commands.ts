import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { HostFileView } from '@concord/core/intake/host-file-store';
import { REASON } from '../ask.js';
import { intakeAccept, intakeFaults, intakeList, intakeRefuse, intakeShow, intakeTake } from '../operations/intake.js';
import { perform } from '../perform.js';
import { plainTable } from '../render/exchanges.js';
import { actor, print } from '../terminal.js';

/** A file that was refused as a whole. */
const REFUSED = 2;

interface Json {
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `intake take`, `list`, `show`, `faults`, `accept` and `refuse`. */
export function addIntakeCommands(intake: Command, finish: (code: number) => void): void {
  intake
    .command('take')
    .description("take a host system's file in")
    .argument('<file>')
    .requiredOption('--jurisdiction <id>', 'the office')
    .requiredOption('--system <id>', 'the host system, as the office names it')
    .option('--file <name>', 'which of its files it is; needed where it has several')
    .option('--json', 'print JSON')
    .action(async (path: string, options: Json & { jurisdiction: string; system: string; file?: string }) => {
      const { jurisdiction, system, file, json } = options;
      const order = { jurisdictionId: jurisdiction, systemId: system, file: file ?? null, path: resolve(path) };
      const taken = await perform(intakeTake, { ...order, actor: actor() }, quiet);
      print(json ? JSON.stringify(taken, null, 2) : fileText(taken, taken.before));
      if (taken.state === 'refused') finish(REFUSED);
    });
  intake
    .command('list')
    .description('files that were taken in, the latest first')
    .option('--jurisdiction <id>', 'only this office')
    .option('--system <id>', 'only this host system')
    .option('--state <state>', 'reading, refused, held, dismissed, applying or applied')
    .option('--json', 'print JSON')
    .action(async ({ jurisdiction, system, state, json }: Json & Record<string, string | undefined>) => {
      const found = await perform(intakeList, { jurisdictionId: jurisdiction, systemId: system, state }, quiet);
      print(json ? JSON.stringify(found, null, 2) : plainTable(found.map(inShort)));
    });
  intake
    .command('show')
    .description('a file with its counts and, where it waits, what it would close')
    .argument('<id>', 'as list shows it', idArgument)
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const found = await perform(intakeShow, { id }, quiet);
      print(json ? JSON.stringify(found, null, 2) : fileText(found, false));
    });
  intake
    .command('faults')
    .description('rows of a file that were set aside, and why')
    .argument('<id>', 'as list shows it', idArgument)
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const found = await perform(intakeFaults, { id }, quiet);
      print(json ? JSON.stringify(found, null, 2) : plainTable(found));
    });
  for (const [name, operation, description] of [
    ['accept', intakeAccept, 'apply a file that waits'],
    ['refuse', intakeRefuse, 'put a file away that waits'],
  ] as const) {
    intake
      .command(name)
      .description(description)
      .argument('<id>', 'as list shows it', idArgument)
      .requiredOption(...REASON)
      .option('--json', 'print JSON')
      .action(async (id: string, { reason, json }: Json & { reason: string }) => {
        const decided = await perform(operation, { id, reason, actor: actor() }, quiet);
        print(json ? JSON.stringify(decided, null, 2) : fileText(decided, false));
      });
  }
}

function idArgument(value: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) throw new InvalidArgumentError('it must be an id.');
  return value;
}

function inShort({ id, systemId, file, fileName, businessDate, sequence, state, rowsRead, rowsFaulty }: HostFileView) {
  return { id, systemId, file, fileName, businessDate, sequence, state, rowsRead, rowsFaulty };
}

function fileText(file: HostFileView, before: boolean): string {
  const { id, fileName, state, rowsRead, rowsFaulty, reason, wouldClose, openDebts, examples, businessDate } = file;
  return [
    `${fileName} of ${businessDate ?? 'no day'}: ${state}. ${rowsRead} rows, ${rowsFaulty} set aside.`,
    ...(before ? ['This file was taken in before: nothing changed.'] : []),
    ...(reason === null ? [] : [reason]),
    ...(wouldClose === 0 ? [] : [`${wouldClose} of ${openDebts} open debts are missing in it: ${examples.join(', ')}`]),
    `id ${id}`,
  ].join('\n');
}
