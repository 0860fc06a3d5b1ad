import type { Caution } from '@concord/plugin-sdk';
import type { Metro2Settings } from './settings.js';

/** What an office must know before it relies on these settings. */
export function cautionsOf(settings: Metro2Settings): readonly Caution[] {
  const cautions: Caution[] = [
    {
      code: 'layout-unconfirmed',
      message:
        'The layout was taken from two open checkers, not from the Credit Reporting Resource Guide, which only its ' +
        'members may read. Have the first file tested by each bureau.',
      loopbackOnly: false,
    },
  ];
  if (settings.profile !== 'collector') {
    cautions.push({
      code: 'not-collector',
      message:
        'The rules that bind collectors are not checked. Tradelines are still written as a collector writes them.',
      loopbackOnly: false,
    });
  }
  if (settings.rejects === undefined) {
    cautions.push({
      code: 'rejects-unreadable',
      message:
        'No mapping says how to read the reject file. Refusals can not be read, and what is delivered counts as held.',
      loopbackOnly: false,
    });
  } else if (settings.rejects.madeUp) {
    cautions.push({
      code: 'rejects-made-up',
      message: 'The layout of the reject file is made up. No partner but one on this machine is talked to with it.',
      loopbackOnly: true,
    });
  }
  return cautions;
}
