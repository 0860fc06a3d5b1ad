import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { QuarantineFilter } from '@concord/core/exchanges/quarantine-reads';
import { Refusal } from '@concord/core/platform/errors';
import { countArgument, dateArgument } from '../arguments.js';
import { ask, REASON } from '../ask.js';
import { quarantineList, quarantineShow } from '../operations/quarantine.js';
import { perform } from '../perform.js';
import { quarantinedText, quarantineTable } from '../render/quarantine.js';
import { print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}
interface Reason {
  readonly reason: string;
}

const quiet = (): void => undefined;

/** Registers `quarantine list`, `show`, `mend` and `dismiss`. */
export function addQuarantineCommands(quarantine: Command): void {
  quarantine
    .command('list')
    .description("records of partners' files that could not be applied, with where and why")
    .option('--connector <id>', 'only this connector')
    .option('--date <date>', 'only files of this business day', dateArgument)
    .option('--exchange <id>', 'only records of this file')
    .option('--status <status>', 'quarantined (default), mended or dismissed')
    .option('--json', 'print JSON')
    .action(async ({ json, ...filter }: Json & QuarantineFilter) => {
      const found = await perform(quarantineList, filter, quiet);
      print(json ? JSON.stringify(found, null, 2) : quarantineTable(found));
    });
  quarantine
    .command('show')
    .description('one of them, as it stood in the file')
    .argument('<exchange>', 'the file')
    .argument('<sequence>', 'the place in it', countArgument)
    .option('--json', 'print JSON')
    .action(async (exchange: string, sequence: number, { json }: Json) => {
      const found = await perform(quarantineShow, { exchange, sequence }, quiet);
      print(json ? JSON.stringify(found, null, 2) : quarantinedText(found));
    });
  quarantine
    .command('mend')
    .description('apply a record as it should have read')
    .argument('<exchange>', 'the file')
    .argument('<sequence>', 'the place in it', countArgument)
    .requiredOption('--finding <file>', 'JSON: the record in the words of findings')
    .requiredOption(...REASON)
    .option('--json', 'print JSON')
    .action(
      async (exchangeId: string, sequence: number, { finding, reason, json }: Json & Reason & { finding: string }) => {
        const body = { exchangeId, sequence, finding: await readFinding(finding), reason };
        const result = await ask<{ status: string; sequence: number }>('quarantine-mend', body);
        print(
          json
            ? JSON.stringify(result, null, 2)
            : `Place ${sequence} is ${result.status}: it was applied as place ${result.sequence}.`,
        );
      },
    );
  quarantine
    .command('dismiss')
    .description('put a record away that is not to be applied')
    .argument('<exchange>', 'the file')
    .argument('<sequence>', 'the place in it', countArgument)
    .requiredOption(...REASON)
    .option('--json', 'print JSON')
    .action(async (exchangeId: string, sequence: number, { reason, json }: Json & Reason) => {
      const result = await ask<{ status: string }>('quarantine-dismiss', { exchangeId, sequence, reason });
      print(json ? JSON.stringify(result, null, 2) : `Place ${sequence} is ${result.status}.`);
    });
}

async function readFinding(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new Refusal('finding-unreadable', `${path} is not a file that can be read`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal('finding-unreadable', `${path} is no JSON: ${(error as Error).message}`);
  }
}
