import type { DebtSnapshot } from '@concord/plugin-sdk';

/** What a programme is asked for, in minor units: the balance, or the part of it that the referral allows. */
export function amountAsked({ ledger, referral }: DebtSnapshot): number {
  return Math.min(ledger.balanceMinor, referral?.capMinor ?? Number.POSITIVE_INFINITY);
}
