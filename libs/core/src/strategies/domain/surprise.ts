/** Per cent of the debts that a change of a strategy may refer or recall without a person. */
export const SURPRISING_SHARE = 10;

/** A change that touches no more debts than these surprises nobody, however few the office has. */
export const FEWEST = 50;

/** What a change of a strategy would do. */
export interface ChangeEffect {
  readonly referred: number;
  readonly recalled: number;
  /** Debts of its types of which something is owed. */
  readonly owed: number;
}

/**
 * Whether a change is to wait for a person.
 *
 * @param sharePercent of the version that is in force; of a new strategy its own
 */
export function isSurprising({ referred, recalled, owed }: ChangeEffect, sharePercent: number): boolean {
  return referred + recalled > Math.max(FEWEST, Math.floor((owed * sharePercent) / 100));
}
