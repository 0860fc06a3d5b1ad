/** Fixed or variable. */
export const INTEREST_TYPES = ['F', 'V'] as const;
