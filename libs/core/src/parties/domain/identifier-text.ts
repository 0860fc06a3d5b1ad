import { day, socialInsuranceNumber, socialSecurityNumber } from '../../cases/domain/intake-text.js';
import type { ComparedIdentifier } from './match.js';

const FORMS = { ssn: socialSecurityNumber, sin: socialInsuranceNumber, 'date-of-birth': day };

/** An identifier in the form in which its keyed index is made, as intake has it; null for what is none. */
export function normalisedIdentifier(kind: ComparedIdentifier, value: string): string | null {
  const parsed = FORMS[kind].safeParse(value.trim());
  return parsed.success ? parsed.data : null;
}
