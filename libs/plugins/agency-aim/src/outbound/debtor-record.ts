import type { Identifiers, PartnerRecord } from '@concord/plugin-sdk';
import { fieldKey } from '@concord/plugin-sdk/codec';
import type { PlacedDebtor } from '../content.js';
import type { DebtorMapping } from '../debtor-mapping.js';
import { nineDigits } from '../numbers.js';

/** Writes debtors as the agency's document says. */
export function debtorRecords({
  record,
  meaning,
}: DebtorMapping): (
  debtor: PlacedDebtor,
  sequence: number,
  fileNumber: string,
  identifiers: Identifiers,
) => PartnerRecord {
  const { recognise } = record;
  const mark = recognise === 'otherwise' ? undefined : record.fields.find((field) => field.start === recognise.start);
  return (debtor, sequence, fileNumber, identifiers) => {
    const written: Record<string, unknown> = {};
    if (mark?.type === 'constant') written[fieldKey(mark)] = mark.value;
    const put = (field: string | undefined, value: unknown): void => {
      if (field !== undefined && value !== undefined) written[field] = value;
    };
    put(meaning.debtorNumber, nineDigits(debtor.number));
    put(meaning.fileNumber, fileNumber);
    put(meaning.sequence, sequence);
    put(meaning.role?.field, meaning.role?.[ROLES[debtor.role]]);
    put(meaning.kind?.field, meaning.kind?.[debtor.kind]);
    put(meaning.name, nameOf(debtor));
    put(meaning.surname, debtor.surname);
    put(meaning.firstName, debtor.firstName);
    put(meaning.middleName, debtor.middleName);
    put(meaning.generation, debtor.generation);
    put(meaning.street1, debtor.address?.street1);
    put(meaning.street2, debtor.address?.street2);
    put(meaning.city, debtor.address?.city);
    put(meaning.state, debtor.address?.state);
    put(meaning.zip, debtor.address?.zip);
    put(meaning.telephone, debtor.telephone);
    put(meaning.ssn, debtor.ssn === null ? null : identifiers.value(debtor.ssn.identifier));
    put(meaning.dateOfBirth, debtor.dateOfBirth === null ? null : identifiers.value(debtor.dateOfBirth.identifier));
    return written;
  };
}

const ROLES = { debtor: 'debtor', 'co-debtor': 'coDebtor', guarantor: 'guarantor' } as const;

/** "last, first MI"; a business as it is called. */
export function nameOf({ kind, surname, firstName, middleName }: PlacedDebtor): string {
  if (kind === 'business' || firstName === null) return surname;
  const initial = middleName === null || middleName === '' ? '' : ` ${middleName.charAt(0)}`;
  return `${surname}, ${firstName}${initial}`;
}
