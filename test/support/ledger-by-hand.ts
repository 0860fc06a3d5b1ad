import type { LedgerEntryView } from '@concord/core/cases/case-reads';
import type { EntryKind } from '@concord/core/cases/domain/ledger/entry';

/** Which way each kind counts, said once more so that a test does not believe what it tests. */
const SIGN: Readonly<Record<Exclude<EntryKind, 'reversal'>, 1 | -1>> = {
  ...{ assessment: 1, interest: 1, fee: 1, refund: 1 },
  ...{ payment: -1, adjustment: -1, 'credit-note': -1, waiver: -1, 'write-off': -1 },
};

/** An entry of a ledger as the API reads it, counted anew. */
export interface CountedEntry {
  readonly kind: EntryKind;
  /** Kind of what a reversal undoes. */
  readonly undoes: EntryKind | null;
  readonly amountMinor: number;
  readonly effectMinor: number;
  /** The day from which it counts, and the one on which it came onto the ledger. */
  readonly effectiveOn: string;
  /** The day that whoever posted it gave it. */
  readonly datedOn: string;
  readonly postedOn: string;
  readonly source: string;
}

/** Counts entries of one debt from their kinds and amounts alone. */
export function countedByHand(entries: readonly LedgerEntryView[], timeZone: string): CountedEntry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone });
  return entries.map(({ kind, amountMinor, effectiveOn, bookedOn, recordedAt, reverses, source }) => {
    const undone = reverses === null ? null : byId.get(reverses)!;
    const sign = undone === null ? SIGN[kind as keyof typeof SIGN] : -SIGN[undone.kind as keyof typeof SIGN];
    const recordedOn = dayOf.format(recordedAt);
    return {
      ...{ kind, undoes: undone?.kind ?? null, amountMinor, effectMinor: sign * amountMinor },
      effectiveOn: undone !== null && undone.effectiveOn > effectiveOn ? undone.effectiveOn : effectiveOn,
      datedOn: effectiveOn,
      postedOn: bookedOn !== null && bookedOn > recordedOn ? bookedOn : recordedOn,
      source: undone?.source ?? source,
    };
  });
}
