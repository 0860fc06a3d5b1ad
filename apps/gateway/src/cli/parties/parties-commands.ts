import { Option } from 'commander';
import type { Command } from 'commander';
import type { MatchLevel } from '@concord/core/parties/domain/match';
import { partyDuplicates, partyMerge, partyUndoMerge } from '../operations/parties.js';
import { perform } from '../perform.js';
import { duplicatesTable } from '../render/parties.js';
import { actor, print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

const quiet = (): void => undefined;

/** Registers `parties duplicates`, `parties merge` and `parties undo-merge`. */
export function addPartiesCommands(parties: Command): void {
  parties
    .command('duplicates')
    .description('pairs of parties that may be one, for a person to decide')
    .requiredOption('--jurisdiction <id>', 'the office')
    .addOption(
      new Option('--least <level>', 'how sure a pair must be')
        .choices(['possible', 'likely', 'certain'])
        .default('likely'),
    )
    .option('--json', 'print JSON')
    .action(async ({ jurisdiction, least, json }: Json & { jurisdiction: string; least: MatchLevel }) => {
      const found = await perform(partyDuplicates, { jurisdictionId: jurisdiction, least }, quiet);
      print(json ? JSON.stringify(found, null, 2) : duplicatesTable(found));
    });
  parties
    .command('merge')
    .description('take a duplicate and the party that it duplicates for one; it can be undone')
    .argument('<duplicate>', 'id of the party that is a duplicate')
    .requiredOption('--into <id>', 'id of the party that stands for both')
    .requiredOption('--reason <text>', 'why they are one; it is kept')
    .option('--despite-differences <text>', 'why they are one although identifiers of one kind differ')
    .option('--json', 'print JSON')
    .action(
      async (
        duplicateId: string,
        {
          into,
          reason,
          despiteDifferences,
          json,
        }: Json & { into: string; reason: string; despiteDifferences?: string },
      ) => {
        const order = { duplicateId, survivorId: into, reason, despiteDifferences: despiteDifferences ?? null };
        const made = await perform(partyMerge, { ...order, actor: actor() }, quiet);
        print(
          json ? JSON.stringify(made, null, 2) : `They are one now. To undo it: parties undo-merge ${made.mergeId}`,
        );
      },
    );
  parties
    .command('undo-merge')
    .description('undo a merge: both parties are again what they were')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why they are not one; it is kept')
    .option('--json', 'print JSON')
    .action(async (mergeId: string, { reason, json }: Json & { reason: string }) => {
      const result = await perform(partyUndoMerge, { mergeId, reason, actor: actor() }, quiet);
      print(json ? JSON.stringify(result, null, 2) : result.undone ? 'They are two again.' : 'It was undone before.');
    });
}
