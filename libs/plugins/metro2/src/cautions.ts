import type { Caution } from '@concord/plugin-sdk';
import type { Metro2Settings } from './settings.js';

/** What an office must know before it relies on these settings. */
export function cautionsOf(settings: Metro2Settings): readonly Caution[] {
  return [
    ...(settings.country === 'CA' ? canadian(settings) : [UNITED_STATES]),
    ...(settings.profile === 'collector' ? [] : [NOT_COLLECTOR]),
    ...purchases(settings),
    ...shape(settings),
    ...reading(settings),
  ];
}

function said(code: string, message: string): Caution {
  return { code, message, loopbackOnly: false };
}

const UNITED_STATES = said(
  'layout-unconfirmed',
  'The layout was taken from two open checkers, not from the Credit Reporting Resource Guide, which only its ' +
    'members may read. Have the first file tested by each bureau.',
);

const NOT_COLLECTOR = said(
  'not-collector',
  'The rules that bind collectors are not checked. Tradelines are still written as a collector writes them.',
);

/** Each point of the Canadian dialect that no bureau's document has confirmed. */
function canadian({ canada }: Metro2Settings): Caution[] {
  return [
    said(
      'canada-unconfirmed',
      'The Canadian layout was taken from one open checker. No bureau has been heard to take it. Account type 48, the ' +
        'ECOA codes, the statuses 93, 62 and DA, the province as State and the postal code in the first six positions ' +
        'of the Zip Code are to be confirmed by the bureau, and its test of the first file is the check that counts.',
    ),
    said(
      'us-rules-not-applied',
      'The rules of collectors in the United States are not checked, and its codes are not sent: no compliance ' +
        'condition, bankruptcy or active duty code. What is restrained without a code of the bureau is taken back.',
    ),
    ...(canada?.currencyTypeCode === undefined
      ? [said('currency-unset', 'The content of the Currency Type Code is not known. It is left blank.')]
      : []),
    ...(canada?.dispute === undefined
      ? [said('dispute-unmarked', 'No code marks a dispute. A disputed account is taken back.')]
      : []),
    ...((canada?.uncountedStatuses ?? []).length === 0
      ? []
      : [
          said(
            'uncounted-statuses',
            `No trailer counter counts status ${canada?.uncountedStatuses.join(', ')}. A mistake with them shows nowhere.`,
          ),
        ]),
  ];
}

function purchases({ boughtDebts }: Metro2Settings): Caution[] {
  if (boughtDebts === undefined || Object.keys(boughtDebts).length === 0) return [];
  const message =
    'Bought debts are reported with account type 0C and a K2 segment. That only buyers of debts send K2 is unconfirmed.';
  return [said('purchases-unconfirmed', message)];
}

/** Forms of the file that no bureau's document has confirmed. */
function shape({ form, recordsPerBlock, fixedRecords }: Metro2Settings): Caution[] {
  return [
    ...(form === 'packed'
      ? [
          said(
            'packed-unconfirmed',
            'The packed form was taken from one open checker. Its signs (F), and what fills its reserved fields, are to ' +
              'be confirmed by the bureau. Use it only where the bureau demands it.',
          ),
        ]
      : []),
    ...(recordsPerBlock === undefined
      ? []
      : [
          said(
            'blocks-unconfirmed',
            'How several records share a block, and that no line end stands in a blocked file, is to be confirmed.',
          ),
        ]),
    ...(fixedRecords === undefined
      ? []
      : [said('fixed-records-unconfirmed', 'That header and trailer are filled with blanks is to be confirmed.')]),
  ];
}

function reading({ rejects }: Metro2Settings): Caution[] {
  if (rejects === undefined) {
    const message =
      'No mapping says how to read the reject file. Refusals can not be read, and what is delivered counts as held.';
    return [said('rejects-unreadable', message)];
  }
  if (!rejects.madeUp) return [];
  const message = 'The layout of the reject file is made up. No partner but one on this machine is talked to with it.';
  return [{ code: 'rejects-made-up', message, loopbackOnly: true }];
}
