import type { Identifiers, PartnerRecord } from '@concord/plugin-sdk';
import type { Address, Consumer } from './content.js';

/** The fields that describe a consumer, the same in the base record, J1 and J2. */
export function consumerFields(person: Consumer, identifiers: Identifiers): PartnerRecord {
  const { socialSecurityNumber, dateOfBirth } = person;
  return {
    surname: person.surname,
    firstName: person.firstName,
    middleName: person.middleName,
    generationCode: person.generation,
    socialSecurityNumber: socialSecurityNumber === null ? null : identifiers.value(socialSecurityNumber.identifier),
    dateBirth: dateOfBirth === null ? null : identifiers.value(dateOfBirth.identifier),
    telephoneNumber: person.telephone,
    ecoaCode: person.ecoa,
  };
}

/** The fields of an address, the same in the base record and J2. In Canada, State is the province. */
export function addressFields(address: Address | null): PartnerRecord {
  if (address === null) return {};
  return {
    firstLineAddress: address.line1,
    secondLineAddress: address.line2,
    city: address.city,
    state: address.state,
    zipCode: address.zip,
  };
}
