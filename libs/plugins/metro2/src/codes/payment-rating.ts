/** 0 current to 6 180 days late, G collection, L charge-off. */
export const PAYMENT_RATINGS = ['0', '1', '2', '3', '4', '5', '6', 'G', 'L'] as const;
