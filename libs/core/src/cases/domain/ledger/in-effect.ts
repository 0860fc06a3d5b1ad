import type { IsoDate } from '@concord/plugin-sdk';
import { isCredit } from './entry.js';
import type { Entry } from './entry.js';

/** Entries of one day: what is charged, what credits it, what leaves again; interest is due at the day's end. */
function rank({ kind, accrued }: Entry): number {
  if (kind === 'interest') return 4;
  if (accrued) return 5;
  if (isCredit(kind)) return 1;
  if (kind === 'refund') return 2;
  return kind === 'reversal' ? 3 : 0;
}

/** An entry with the day from which it counts. */
export interface EntryInEffect {
  readonly entry: Entry;
  readonly on: IsoDate;
}

/**
 * Entries in the order in which they take effect, up to and including a day. A reversal never counts before what it
 * undoes, whatever date a partner gave it.
 */
export function inEffect(entries: readonly Entry[], asOf: IsoDate | null): readonly EntryInEffect[] {
  const effectiveOn = new Map(entries.map((entry) => [entry.id, entry.effectiveOn]));
  return entries
    .map((entry): EntryInEffect => {
      const undone = entry.reverses === null ? undefined : effectiveOn.get(entry.reverses);
      return { entry, on: undone !== undefined && undone > entry.effectiveOn ? undone : entry.effectiveOn };
    })
    .filter(({ on }) => asOf === null || on <= asOf)
    .sort(
      (a, b) =>
        compare(a.on, b.on) ||
        rank(a.entry) - rank(b.entry) ||
        a.entry.caseVersion - b.entry.caseVersion ||
        compare(a.entry.id, b.entry.id),
    );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
