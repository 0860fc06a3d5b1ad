import type { DebtSnapshot, PartySnapshot } from '@concord/plugin-sdk';
import type { PlacedDebtor } from './content.js';
import type { AimSettings } from './settings.js';

/**
 * Everybody who owes the debt or stands surety for it, the debtor first, with what the agency's debtor record carries;
 * null where there is no debtor.
 */
export function debtorsOf(debt: DebtSnapshot, settings: AimSettings): readonly PlacedDebtor[] | null {
  const debtor = debt.parties.find(({ role }) => role === 'debtor');
  if (debtor === undefined) return null;
  return [debtor, ...debt.parties.filter((party) => party !== debtor)].map((party) => placed(party, settings));
}

function placed(party: PartySnapshot, { debtor }: AimSettings): PlacedDebtor {
  const { meaning } = debtor;
  const { address, identifiers } = party;
  return {
    number: party.number,
    role: party.role,
    kind: party.kind,
    surname: party.surname,
    firstName: party.firstName,
    middleName: party.middleName,
    generation: party.generation,
    address:
      address === null
        ? null
        : {
            street1: address.line1,
            street2: address.line2,
            city: address.city,
            state: address.region,
            // No punctuation in ZIP codes and telephone numbers.
            zip: address.postalCode.replace(/[^A-Za-z0-9]/g, ''),
          },
    telephone: party.telephone === null ? null : party.telephone.replace(/\D/g, ''),
    ssn: meaning.ssn === undefined ? null : (identifiers.ssn ?? null),
    dateOfBirth: meaning.dateOfBirth === undefined ? null : (identifiers['date-of-birth'] ?? null),
  };
}
