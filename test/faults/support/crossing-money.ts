import type { HeldAccount } from '../../partners/launch.js';

/** What a movement does to the sum of those that crossed: the office may have counted it in the later placement, or not. */
const MOVES: Readonly<Record<string, 1 | -1>> = { collected: 1, bounced: -1 };

/**
 * Whether balances may differ by an amount because money of an earlier placement was on its way when the debt came back to the
 * agency: only by payments that were collected before the last placement, each wholly or not at all, and by what of them
 * bounced.
 *
 * @param differenceMinor what the agency has above the office
 */
export function isCrossing({ history }: HeldAccount, differenceMinor: number): boolean {
  const last = history.findLastIndex(({ what }) => what === 'placed');
  const before = history.slice(0, Math.max(0, last));
  const earlier = new Set(before.filter(({ what }) => what === 'collected').map(({ reference }) => reference));
  let sums = new Set([0]);
  for (const { what, reference, amountMinor = 0 } of history) {
    const sign = MOVES[what];
    if (sign === undefined || !earlier.has(reference)) continue;
    sums = new Set([...sums, ...[...sums].map((sum) => sum + sign * amountMinor)]);
  }
  return sums.has(differenceMinor) || sums.has(-differenceMinor);
}
