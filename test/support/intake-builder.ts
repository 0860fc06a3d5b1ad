import { intakeRow } from '@concord/core/cases/domain/intake-row';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import type { IntakeParty } from '@concord/core/cases/domain/intake-party';

let made = 0;

/** A made-up person with everything that a bureau asks for. Areas from 900 on are never given out as SSN. */
export function person(changes: Partial<IntakeParty> = {}): IntakeParty {
  made += 1;
  const number = String(made).padStart(6, '0');
  return {
    sourceReference: `P-${number}`,
    kind: 'person',
    surname: 'Sample',
    firstName: `Robin${letters(made)}`,
    middleName: null,
    generation: null,
    address: {
      line1: `${made} Example Street`,
      line2: null,
      city: 'Exampleton',
      region: 'TX',
      postalCode: '75001',
      country: 'US',
    },
    telephone: null,
    ssn: `901${number}`,
    sin: null,
    dateOfBirth: null,
    ...changes,
  };
}

/** A debt of 525.00 USD that nothing keeps from being reported or placed, to be varied one fact at a time. */
export function debtRow(changes: Partial<IntakeRow> = {}): IntakeRow {
  made += 1;
  return intakeRow.parse({
    sourceReference: `D-${String(made).padStart(6, '0')}`,
    type: 'utility',
    aroseFromContract: true,
    originalCreditor: { name: 'EXAMPLE WATER DEPARTMENT', classification: '04' },
    incurredOn: '2025-05-01',
    delinquentOn: '2025-06-15',
    itemisedOn: '2025-06-15',
    currency: 'USD',
    entries: [
      { kind: 'assessment', amountMinor: 50_000, on: '2025-05-01', reference: 'bill' },
      { kind: 'fee', amountMinor: 2_500, on: '2025-06-15', reference: 'late' },
    ],
    debtor: person(),
    proofs: [{ kind: 'notice-sent', on: '2025-07-01' }],
    ...changes,
  });
}

/** A number in letters: names have no digits. */
function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
