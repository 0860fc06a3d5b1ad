/** The dialects of the format: that of the United States, and that of Canada. */
export const COUNTRIES = ['US', 'CA'] as const;
export type Country = (typeof COUNTRIES)[number];
