/** C line of credit, I instalment, M mortgage, O open, R revolving. */
export const PORTFOLIO_TYPES = ['C', 'I', 'M', 'O', 'R'] as const;
