export const COMPLIANCE_CONDITIONS = ['XA', 'XB', 'XC', 'XD', 'XE', 'XF', 'XG', 'XH', 'XJ', 'XR'] as const;

/** The consumer disputes the account and the investigation goes on. */
export const UNDER_DISPUTE = 'XB';
/** Removes the code reported before: a bureau keeps the last one until it is told otherwise. */
export const REMOVE_CONDITION = 'XR';
