/** Confirmed, known, not confirmed, military, secondary, business, undeliverable, furnisher's default, bill payer. */
export const ADDRESS_INDICATORS = ['C', 'Y', 'N', 'M', 'S', 'B', 'U', 'D', 'P'] as const;

/** Owns or rents. */
export const RESIDENCE_CODES = ['O', 'R'] as const;
