export const SPECIAL_COMMENTS: readonly string[] = [
  ...['B', 'C', 'H', 'I', 'M', 'O', 'S', 'V'],
  ...['AB', 'AC', 'AH', 'AI', 'AL', 'AM', 'AN', 'AO', 'AP', 'AS', 'AT', 'AU', 'AV', 'AW', 'AX', 'AZ'],
  ...['BA', 'BB', 'BC', 'BD', 'BE', 'BF', 'BG', 'BH', 'BI', 'BJ', 'BK', 'BL', 'BN', 'BO', 'BP', 'BS', 'BT'],
  ...['CH', 'CI', 'CJ', 'CK', 'CL', 'CM', 'CN', 'CO', 'CP', 'CS', 'DE'],
];

/** Settled for less than the full amount; only with a paid collection. */
export const SETTLED = 'AU';
/** The consumer is on active military duty. */
export const ACTIVE_DUTY = 'AI';
