import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { RELEASE_STATES } from '@concord/core/exchanges/release-reads';
import type { ReleaseFilter, ReleaseState } from '@concord/core/exchanges/release-reads';
import { countArgument } from '../arguments.js';
import { releaseList } from '../operations/releases.js';
import { perform } from '../perform.js';
import { releasesText } from '../render/releases.js';
import { print } from '../terminal.js';

const quiet = (): void => undefined;

/** Registers `releases`. */
export function addReleasesCommand(concord: Command): void {
  concord
    .command('releases')
    .description('what partners must be told less adverse than they may hold: by when, and by which law')
    .option('--jurisdiction <id>', 'only this office')
    .option('--connector <id>', 'only this connector')
    .option('--subject <id>', "only this debt, by Concord's number or its id")
    .option('--state <state>', `${RELEASE_STATES.join(', ')}; default open`, stateArgument)
    .option('--limit <count>', 'how many at most', countArgument)
    .option('--json', 'print JSON')
    .action(async ({ json, ...filter }: { json?: boolean } & ReleaseFilter) => {
      const found = await perform(releaseList, filter, quiet);
      print(json ? JSON.stringify(found, null, 2) : releasesText(found, filter.limit));
    });
}

function stateArgument(value: string): ReleaseState {
  const state = RELEASE_STATES.find((each) => each === value);
  if (state === undefined) throw new InvalidArgumentError(`it must be one of ${RELEASE_STATES.join(', ')}.`);
  return state;
}
