import type { PartyPair } from '@concord/core/parties/matching/find-matches';
import type { PartySummary } from '@concord/core/parties/matching/party-summary';
import { table } from './table.js';

const FULL = 100;

/** Pairs that may be one as people read them: how sure, why, and who. */
export function duplicatesTable(pairs: readonly PartyPair[]): string {
  if (pairs.length === 0) return 'No two parties look like one.';
  return table<PartyPair>(
    [
      { title: '', value: ({ level }) => level },
      { title: 'Score', value: ({ score }) => `${Math.floor(score / FULL)} %`, align: 'right' },
      { title: 'One', value: ({ parties }) => named(parties[0]) },
      { title: 'Other', value: ({ parties }) => named(parties[1]) },
      { title: 'Why', value: ({ reasons }) => reasons.map(({ code }) => code).join(', ') },
      { title: 'Ids', value: ({ parties }) => parties.map(({ id }) => id).join(' ') },
    ],
    pairs,
  );
}

function named({ number, surname, firstName, sourceReference, debts }: PartySummary): string {
  const name = firstName === null ? surname : `${surname}, ${firstName}`;
  return `${number} ${name} (${sourceReference}; ${debts} ${debts === 1 ? 'debt' : 'debts'})`;
}
