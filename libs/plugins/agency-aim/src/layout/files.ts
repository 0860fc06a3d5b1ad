import type { FileLayout, RecordLayout } from '@concord/plugin-sdk/codec';
import { AACK, AREC } from './accounts.js';
import { AOBJ } from './aobj.js';
import { APAY } from './apay.js';
import { AAST, CAST } from './assets.js';
import { ASTS } from './asts.js';
import { CACT } from './cact.js';
import { CMIS } from './cmis.js';
import { AUAD, AUPH } from './contacts.js';
import { CPAY } from './cpay.js';
import { CTRL } from './ctrl.js';
import { CUPP } from './cupp.js';
import { CFIN, CPEN } from './recalls.js';

/** The kinds of files whose trailer is not public, with the records that stand before it. */
export const BODIES = {
  payments: [CPAY],
  recalls: [CPEN, CFIN],
  acknowledgements: [AACK],
  agencyPayments: [APAY],
  statuses: [ASTS],
  addresses: [AUAD],
  phones: [AUPH],
  assets: [AAST],
  objections: [AOBJ],
  reconciliations: [AREC],
} as const satisfies Readonly<Record<string, readonly RecordLayout[]>>;

export type TrailedKind = keyof typeof BODIES;
export const TRAILED_KINDS = Object.keys(BODIES) as readonly TrailedKind[];

/** Agency payments go on after their last public field. No AIM record that we know is longer than this. */
const LONGEST_LINE = 3000;

/**
 * The placement file: accounts with their debtors, phones, assets and free pairs. The office knows of no assets: CAST is
 * read where a file has it, and never written.
 */
export function placementLayout(debtor: RecordLayout): FileLayout {
  return {
    name: 'aim-placements',
    characterSet: 'ascii',
    delimiter: 'lf',
    maxRecordLength: Math.max(CACT.length, debtor.length),
    records: [CACT, debtor, CUPP, CAST, CMIS],
    trailer: CTRL,
  };
}

/** Any other file, with the trailer that the agency's document gives it, if it is known. */
export function trailedLayout(kind: TrailedKind, trailer: RecordLayout | undefined): FileLayout {
  const records: readonly RecordLayout[] = BODIES[kind];
  // What Concord writes has no accents.
  return bodyLayout(kind, records, trailer, records[0] === CPAY || records[0] === CPEN ? 'ascii' : 'latin1');
}

/** A file of the agency whose record, too, its own document gives. */
export function mappedLayout(kind: string, record: RecordLayout, trailer: RecordLayout | undefined): FileLayout {
  return bodyLayout(kind, [record], trailer, 'latin1');
}

/** Notes, names and addresses come as an agency's clerks typed them, in Latin-1. */
function bodyLayout(
  kind: string,
  records: readonly RecordLayout[],
  trailer: RecordLayout | undefined,
  characterSet: FileLayout['characterSet'],
): FileLayout {
  const open = records.some((record) => record.openEnd === true);
  const lengths = [...records, ...(trailer === undefined ? [] : [trailer])].map(({ length }) => length);
  return {
    name: `aim-${kind}`,
    characterSet,
    delimiter: 'lf',
    maxRecordLength: Math.max(open ? LONGEST_LINE : 0, ...lengths),
    records,
    ...(trailer === undefined ? {} : { trailer }),
  };
}
