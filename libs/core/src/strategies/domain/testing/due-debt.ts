import type { DueDebt } from '../referral-plan.js';

/** A water debt of a person that became delinquent at the beginning of 2026, to be varied one fact at a time. */
export function dueDebt(id: string, changes: Partial<DueDebt> = {}): DueDebt {
  return {
    id,
    type: 'water',
    balanceMinor: 10_000,
    lastPaidOn: null,
    delinquentOn: '2026-01-01',
    incurredOn: '2025-12-01',
    registeredOn: '2026-01-05',
    debtorKind: 'person',
    hasAddress: true,
    hasTelephone: false,
    stops: [],
    arrangedActs: [],
    ...changes,
  };
}
