/** K2: bought from, sold to, remove an earlier K2. */
export const PURCHASED_INDICATORS = ['1', '2', '9'] as const;

export const PURCHASED_FROM = '1';
/** Takes the K2 segment reported before off the account. */
export const REMOVE_PURCHASE = '9';

/** K3: not applicable, Fannie Mae, Freddie Mac. */
export const MORTGAGE_AGENCIES = ['00', '01', '02'] as const;

/** K4: balloon payment, deferred payment. */
export const SPECIALIZED_PAYMENTS = ['01', '02'] as const;

/** L1: the account number changes, the identification number changes, both do. */
export const CHANGE_INDICATORS = ['1', '2', '3'] as const;
