/** How a consumer stands to the account. 0, 4 and 6 are obsolete and not accepted. */
export const ECOA_CODES = ['1', '2', '3', '5', '7', 'T', 'W', 'X', 'Z'] as const;

export const INDIVIDUAL = '1';
export const JOINT = '2';
/** A co-maker or guarantor; the primary consumer is then the maker. */
export const GUARANTOR = '5';
export const MAKER = '7';
export const DECEASED = 'X';
/** Takes this consumer off the account; the account stays with the others. */
export const DELETE_CONSUMER = 'Z';
