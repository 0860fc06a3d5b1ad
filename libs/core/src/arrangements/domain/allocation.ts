/** How money that is paid towards an arrangement goes to its debts. */
export const ALLOCATIONS = ['oldest-first', 'pro-rata'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

/** A debt of an arrangement with what is owed on it, in minor units. */
export interface OwedDebt {
  readonly debtId: string;
  readonly balanceMinor: number;
}

/** Money for one debt, in minor units, above zero. */
export interface Share {
  readonly debtId: string;
  readonly amountMinor: number;
}

/**
 * Divides a payment among debts; the shares come to the payment exactly. Nothing goes to a debt beyond its balance, unless
 * more is paid than all of them owe: then the rest is on the first one, where an overpayment is looked after.
 *
 * @param debts the oldest first; at least one
 */
export function allocate(amountMinor: number, debts: readonly OwedDebt[], allocation: Allocation): readonly Share[] {
  const owed = debts.map(({ balanceMinor }) => Math.max(0, balanceMinor));
  const total = owed.reduce((sum, each) => sum + each, 0);
  const within = Math.min(amountMinor, total);
  const shares = allocation === 'pro-rata' ? proRata(within, owed, total) : inOrder(within, owed);
  return debts.flatMap(({ debtId }, place) => {
    const share = shares[place]! + (place === 0 ? amountMinor - within : 0);
    return share === 0 ? [] : [{ debtId, amountMinor: share }];
  });
}

function inOrder(amountMinor: number, owed: readonly number[]): number[] {
  let left = amountMinor;
  return owed.map((each) => {
    const share = Math.min(left, each);
    left -= share;
    return share;
  });
}

/** By balance, rounded down; the minor units that are left over go one each to the oldest that still owe. */
function proRata(amountMinor: number, owed: readonly number[], total: number): number[] {
  if (total === 0) return owed.map(() => 0);
  // The product of two amounts may pass what a number holds exactly.
  const shares = owed.map((each) => Number((BigInt(amountMinor) * BigInt(each)) / BigInt(total)));
  let left = amountMinor - shares.reduce((sum, each) => sum + each, 0);
  return shares.map((share, place) => {
    const more = Math.min(left, share < owed[place]! ? 1 : 0);
    left -= more;
    return share + more;
  });
}
