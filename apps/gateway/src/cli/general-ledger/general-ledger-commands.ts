import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { decimalFromMoney } from '@concord/core/money/domain/format-money';
import { Refusal } from '@concord/core/platform/errors';
import { dateArgument } from '../arguments.js';
import { glPostings } from '../operations/general-ledger.js';
import { perform } from '../perform.js';
import { actor, print } from '../terminal.js';

const quiet = (): void => undefined;

interface Options {
  readonly jurisdiction: string;
  readonly date: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Registers `gl postings`. */
export function addGeneralLedgerCommands(gl: Command): void {
  gl.command('postings')
    .description('the file of a day that is over; asked for again, it is the same')
    .requiredOption('--jurisdiction <id>', 'the office')
    .requiredOption('--date <date>', 'the day, YYYY-MM-DD', dateArgument)
    .option('--out <file>', 'write the file there instead of to standard output')
    .option('--json', 'print its lines as JSON')
    .action(async ({ jurisdiction, date, out, json }: Options) => {
      const made = await perform(glPostings, { jurisdictionId: jurisdiction, date, actor: actor() }, quiet);
      const { content, ...postings } = made;
      const bytes = Buffer.from(content, 'base64');
      if (out !== undefined) await writeOut(resolve(out), bytes);
      if (json) print(JSON.stringify(postings, null, 2));
      else if (out === undefined) process.stdout.write(bytes);
      else print(`${made.entries} postings, ${decimalFromMoney(made.amountMinor, made.currency)} ${made.currency}.`);
    });
}

async function writeOut(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw new Refusal('file-unwritable', `${path} can't be written: ${(error as Error).message}`);
  }
}
