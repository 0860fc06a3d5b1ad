/** What the office knows of a debt beside its money, as far as an account's records can carry it. */
export const DEBT_FACTS = ['debtType', 'originalCreditor', 'incurredOn', 'delinquentOn'] as const;
export type DebtFact = (typeof DEBT_FACTS)[number];

/** The facts that are days: they also go into the date fields of the account. */
export const DATED_FACTS = ['incurredOn', 'delinquentOn'] as const satisfies readonly DebtFact[];

/** Facts of one debt; one that the office does not know, or that nobody asked for, is left out. */
export type DebtFacts = { readonly [fact in DebtFact]?: string };
