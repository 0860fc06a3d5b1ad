import type { Connector } from '../../connectors/connector.js';
import type { LimitExceeded } from '../domain/volume-limits.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Why a file waits. */
export type HeldBecause =
  | { readonly limits: readonly LimitExceeded[] }
  | { readonly actor: string; readonly reason: string; readonly command: string };

const WHAT: Readonly<Record<LimitExceeded['limit'], string>> = {
  records: 'records',
  adverse: 'records new at the partner',
  amountMinor: 'minor units added to what the partner holds',
  'usual-records': 'records',
  'usual-adverse': 'records new at the partner',
};

/** One or two sentences for whoever has to decide, with the command that shows what waits. */
export function describeHeld(
  connector: Pick<Connector, 'title'>,
  row: Pick<ExchangeRow, 'id' | 'kind' | 'business_date'>,
  because: HeldBecause,
  records: number,
): string {
  const file = `${records} records of a file for ${connector.title} (${row.kind}, ${row.business_date})`;
  const why =
    'limits' in because
      ? `wait for a person: the file had ${because.limits.map(describeLimit).join(', and ')}`
      : // What people write may name a debtor, and alerts are sent by e-mail: the reason stays with the file.
        `were held by ${because.actor}`;
  return `${file} ${why}. Look at it with: concord exchange preview ${row.id}`;
}

function describeLimit({ limit, is, allowed, usual }: LimitExceeded): string {
  const most = usual === null ? `at most ${allowed}` : `at most ${allowed}, as ${usual} are usual`;
  return `${is} ${WHAT[limit]} (allowed: ${most})`;
}
