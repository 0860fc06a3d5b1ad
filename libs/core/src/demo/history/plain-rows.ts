import { addDays } from '../../calendar/domain/iso-date.js';
import type { IntakeRow } from '../../cases/domain/intake-row.js';

/** So that it can be divided, and is worth a plan. */
const ENOUGH_MINOR = 6_000;
/** Older than anything that is made to happen to it. */
const OLD_DAYS = 400;

/** What is owed of a row as it comes in, in minor units. */
export function owedMinor({ entries }: IntakeRow): number {
  return entries.reduce(
    (sum, { kind, amountMinor }) => (kind === 'payment' ? sum - amountMinor : sum + amountMinor),
    0,
  );
}

/**
 * Debts to which something can be made to happen without an effect on others: persons' only debts, with no stop, no
 * judgment and no payment yet. Each is given out once, in the order of the rows.
 */
export class PlainRows {
  private readonly debtsOf = new Map<string, IntakeRow[]>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly rows: readonly IntakeRow[],
    private readonly asOf: string,
  ) {
    for (const row of rows) {
      const known = this.debtsOf.get(row.debtor.sourceReference);
      if (known) known.push(row);
      else this.debtsOf.set(row.debtor.sourceReference, [row]);
    }
  }

  /** The next one, of some types where they are named; null when there is none left. */
  take(types: readonly string[] | null = null): IntakeRow | null {
    return this.claim((row) => row.coDebtors.length === 0 && this.single(row) && (types?.includes(row.type) ?? true));
  }

  /** The next one that somebody owes with its debtor. */
  takeShared(): IntakeRow | null {
    return this.claim((row) => row.coDebtors.length > 0 && this.single(row));
  }

  /** All debts of the next person who has several: the first is of none of the types, and one of the others is of them. */
  takeSeveral(types: readonly string[] | null): readonly IntakeRow[] | null {
    const row = this.claim((each) => {
      const all = this.debtsOf.get(each.debtor.sourceReference)!;
      const alone = all.every(({ stops, coDebtors }) => stops.length === 0 && coDebtors.length === 0);
      const mixed = types === null || (!types.includes(each.type) && all.some(({ type }) => types.includes(type)));
      return all.length > 1 && alone && mixed;
    });
    return row && [row, ...this.debtsOf.get(row.debtor.sourceReference)!.filter((other) => other !== row)];
  }

  private claim(fits: (row: IntakeRow) => boolean): IntakeRow | null {
    const found = this.rows.find(
      (row) => !this.taken.has(row.debtor.sourceReference) && this.untouched(row) && this.old(row) && fits(row),
    );
    if (found === undefined) return null;
    this.taken.add(found.debtor.sourceReference);
    return found;
  }

  private single(row: IntakeRow): boolean {
    return this.debtsOf.get(row.debtor.sourceReference)!.length === 1;
  }

  private untouched({ debtor, stops, entries, judgment }: IntakeRow): boolean {
    const paid = entries.some(({ kind }) => kind === 'payment');
    return debtor.kind === 'person' && stops.length === 0 && !paid && judgment === null;
  }

  private old(row: IntakeRow): boolean {
    const latest = addDays(this.asOf, -OLD_DAYS);
    return row.delinquentOn !== null && row.delinquentOn <= latest && owedMinor(row) >= ENOUGH_MINOR;
  }
}
