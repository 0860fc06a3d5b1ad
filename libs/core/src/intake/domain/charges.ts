import type { FrozenPeriod } from '../../cases/domain/interest/terms.js';
import type { IntakeRow } from '../../cases/domain/intake-row.js';
import type { HostState } from './host-state.js';
import { CHARGES } from './registration-row.js';
import type { ChargeField } from './registration-row.js';

/** What is to be posted of a charge, below zero for a credit, and what is withheld of it from then on. In minor units. */
export interface ChargeDue {
  readonly postedMinor: number;
  readonly withheldMinor: number;
}

/**
 * How much of what a host charges is to be posted. Interest and fees that it raises while they are frozen are withheld, for
 * good: what accrued by itself in a moratorium may never be collected. What it lowers takes from what is withheld first.
 *
 * @param difference by how much the host charges more than what was posted and withheld so far
 * @param on the day of the file
 */
export function chargeDue(
  field: ChargeField,
  difference: number,
  withheld: number,
  on: string,
  frozen: readonly FrozenPeriod[],
): ChargeDue {
  if (difference < 0) {
    const released = Math.min(withheld, -difference);
    return { postedMinor: difference + released, withheldMinor: withheld - released };
  }
  return isFrozenOn(field, on, frozen)
    ? { postedMinor: 0, withheldMinor: withheld + difference }
    : { postedMinor: difference, withheldMinor: withheld };
}

/** The row without interest and fees that the host said on a day on which they are frozen: they are not charged. */
export function withoutFrozen(row: IntakeRow, debt: HostState, frozen: readonly FrozenPeriod[]): IntakeRow {
  if (frozen.length === 0) return row;
  const withheld: string[] = CHARGES.flatMap(({ field, kind }) => {
    const at = debt[field]?.at;
    return at !== undefined && isFrozenOn(field, at.date, frozen) ? [kind] : [];
  });
  return { ...row, entries: row.entries.filter(({ kind }) => !withheld.includes(kind)) };
}

/** Whether a charge that a host raises on a day is frozen: what is owed itself never is. */
function isFrozenOn(field: ChargeField, on: string, frozen: readonly FrozenPeriod[]): boolean {
  return field !== 'amountMinor' && frozen.some(({ from, to }) => from <= on && (to === null || on <= to));
}
