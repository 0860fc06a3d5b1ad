import type { FrozenPeriod } from '../../cases/domain/interest/terms.js';
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
  const isFrozen = field !== 'amountMinor' && frozen.some(({ from, to }) => from <= on && (to === null || on <= to));
  return isFrozen
    ? { postedMinor: 0, withheldMinor: withheld + difference }
    : { postedMinor: difference, withheldMinor: withheld };
}
