import type { Paid } from '@concord/plugin-sdk';

/** Coprime with any number of debts that has no other factors than 2 and 5: every debt's turn comes once a round. */
const STRIDE = 77_777;

/** What the payment of a place is of, in cents. */
export function amountAt(place: number): number {
  return 500 + (place % 1_500);
}

/**
 * A remittance as a plugin would read it, in batches: every debt has paid once before any has paid twice, in an order that
 * is not the one of the debts.
 */
export function* payments(references: readonly string[], each: number, batch: number): Generator<Paid[]> {
  let made: Paid[] = [];
  for (let place = 0; place < references.length * each; place += 1) {
    const reference = references[(place * STRIDE) % references.length];
    if (reference === undefined) throw new Error('there are no debts');
    made.push({
      kind: 'paid',
      naturalKey: `APAY:PA:${reference}:${String(place).padStart(10, '0')}`,
      reference,
      amountMinor: amountAt(place),
      currency: 'USD',
      paidOn: '2026-03-13',
      commissionMinor: 0,
    });
    if (made.length < batch) continue;
    yield made;
    made = [];
  }
  if (made.length > 0) yield made;
}
