export const ACCOUNT_STATUSES = [
  ...['05', '11', '13', '61', '62', '63', '64', '65', '71', '78', '80', '82', '83', '84'],
  ...['88', '89', '93', '94', '95', '96', '97', 'DA', 'DF'],
] as const;

/**
 * Canadian statuses that the trailer has no counter for: too new to rate, foreclosure started, counselling. Nothing in the
 * file shows a mistake with them.
 */
export const UNCOUNTED_STATUSES = ['07', '87', 'ZA'] as const;

export const CANADIAN_STATUSES: readonly string[] = [...ACCOUNT_STATUSES, ...UNCOUNTED_STATUSES];

/** Assigned to collections. */
export const IN_COLLECTION = '93';
/** Paid in full, was a collection. */
export const PAID_COLLECTION = '62';
/** Delete the account, for any reason but fraud. */
export const DELETE_ACCOUNT = 'DA';
/** Delete the account because of confirmed fraud. */
export const DELETE_FRAUD = 'DF';

/** A collector has no other history with an account than holding it, its payment, and its deletion. */
export const COLLECTOR_STATUSES: ReadonlySet<unknown> = new Set([
  IN_COLLECTION,
  PAID_COLLECTION,
  DELETE_ACCOUNT,
  DELETE_FRAUD,
]);

/** The statuses that come with a payment rating; every other status comes without. */
export const RATED_STATUSES: ReadonlySet<unknown> = new Set(['05', '13', '65', '88', '89', '94', '95']);

/** Whether the status takes the account off the bureau's files. */
export function isDeletion(status: unknown): boolean {
  return status === DELETE_ACCOUNT || status === DELETE_FRAUD;
}
