/** Deferred, single, weekly, biweekly, semimonthly, monthly, bimonthly, quarterly, triannual, semiannual, yearly. */
export const TERMS_FREQUENCIES = ['D', 'P', 'W', 'B', 'E', 'M', 'L', 'Q', 'T', 'S', 'Y'] as const;
