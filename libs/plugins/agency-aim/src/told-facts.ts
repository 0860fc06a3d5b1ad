import type { DebtSnapshot } from '@concord/plugin-sdk';
import { DEBT_FACTS, type DebtFact, type DebtFacts } from './debt-facts.js';
import type { AimSettings } from './settings.js';

/** The facts for which the settings name a place in the placement file. */
export function factsOf({ debt }: DebtSnapshot, { factTitles, accountDates }: AimSettings): DebtFacts {
  const wanted = new Set<DebtFact>(Object.values(accountDates).filter((fact) => fact !== undefined));
  for (const fact of DEBT_FACTS) if (factTitles[fact] !== undefined) wanted.add(fact);
  const known: { readonly [fact in DebtFact]: string | null } = {
    debtType: debt.type,
    originalCreditor: debt.originalCreditor?.name ?? null,
    incurredOn: debt.incurredOn,
    delinquentOn: debt.delinquentOn,
  };
  const facts: { [fact in DebtFact]?: string } = {};
  for (const fact of DEBT_FACTS) {
    const value = known[fact];
    if (wanted.has(fact) && value !== null && value !== '') facts[fact] = value;
  }
  return facts;
}
