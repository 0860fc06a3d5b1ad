/** K2: bought from, sold to, remove an earlier K2. */
export const PURCHASED_INDICATORS = ['1', '2', '9'] as const;

/** K4: balloon payment, deferred payment. */
export const SPECIALIZED_PAYMENTS = ['01', '02'] as const;

/** L1: the account number changes, the identification number changes, both do. */
export const CHANGE_INDICATORS = ['1', '2', '3'] as const;
