import type { AddressSnapshot, DebtSnapshot, PartySnapshot } from '@concord/plugin-sdk';
import { DECEASED, GUARANTOR, INDIVIDUAL, JOINT, MAKER } from './codes/ecoa.js';
import { generationCode } from './codes/generation.js';
import type { Address, Consumer } from './content.js';
import type { Country } from './country.js';
import type { MarkCodes } from './marks.js';

const NORTH_AMERICAN_NUMBER = /^1?(\d{10})$/;

/**
 * The consumers of a debt: the primary one and those associated with the account. Null when the debtor is a business.
 *
 * Who lives with the primary consumer has no address of their own here. An associated consumer whom the bureau could not
 * find, or whose own bankruptcy no code tells, is left out, so that the account does not wait for that one.
 */
export function consumersOf(
  debt: DebtSnapshot,
  country: Country,
  codes: MarkCodes,
): { readonly primary: Consumer; readonly associated: readonly Consumer[] } | null {
  const debtor = debt.parties.find((party) => party.role === 'debtor');
  if (debtor === undefined || debtor.kind !== 'person') return null;
  const others = debt.parties.filter((party) => party !== debtor && isReportable(party, country));
  const associated = others.flatMap((party) => {
    const marks = ownMarks(debt, party, codes);
    if (marks === null) return [];
    const together = debtor.address !== null && party.address !== null && isSameAddress(debtor.address, party.address);
    const consumer = { ...consumerOf(party, party.role === 'guarantor' ? GUARANTOR : JOINT, country), ...marks };
    return [together ? { ...consumer, address: null } : consumer];
  });
  return { primary: consumerOf(debtor, primaryEcoa(associated), country), associated };
}

/** Whether an associated consumer has what a segment must say; in Canada that is number and date of birth, too. */
function isReportable(party: PartySnapshot, country: Country): boolean {
  if (party.kind !== 'person' || party.address === null || party.firstName === null) return false;
  const { identifiers } = party;
  return country === 'US' || (identifiers.sin !== undefined && identifiers['date-of-birth'] !== undefined);
}

/** Joint with another debtor; the maker where somebody only stands surety; otherwise alone. */
function primaryEcoa(associated: readonly Consumer[]): string {
  if (associated.some((consumer) => consumer.ecoa === JOINT)) return JOINT;
  return associated.some((consumer) => consumer.ecoa === GUARANTOR) ? MAKER : INDIVIDUAL;
}

/**
 * What happened to one associated consumer is told of that consumer, and of nobody else on the account. Null where there is
 * no code for it: unmarked, that consumer may not stand.
 */
function ownMarks(
  debt: DebtSnapshot,
  party: PartySnapshot,
  codes: MarkCodes,
): Partial<Pick<Consumer, 'ecoa' | 'ownInformation'>> | null {
  const own = debt.stops.filter(({ partyId }) => partyId === party.id);
  const deceased = own.some(({ kind }) => kind === 'deceased') ? { ecoa: DECEASED } : {};
  const insolvency = own.find(({ kind }) => kind === 'insolvency');
  if (insolvency === undefined) return deceased;
  const ownInformation = codes.bankruptcy(insolvency.details);
  return ownInformation === null ? null : { ...deceased, ownInformation };
}

/** The number that names a person at the bureaus of each country. */
const SOCIAL_NUMBER = { US: 'ssn', CA: 'sin' } as const;

function consumerOf(party: PartySnapshot, ecoa: string, country: Country): Consumer {
  return {
    party: party.id,
    ownInformation: null,
    surname: party.surname,
    firstName: party.firstName,
    middleName: party.middleName,
    generation: generationCode(party.generation),
    telephone: NORTH_AMERICAN_NUMBER.exec(party.telephone ?? '')?.[1] ?? null,
    socialSecurityNumber: party.identifiers[SOCIAL_NUMBER[country]] ?? null,
    dateOfBirth: party.identifiers['date-of-birth'] ?? null,
    ecoa,
    address: party.address === null ? null : addressOf(party.address),
  };
}

function addressOf(address: AddressSnapshot): Address {
  return {
    line1: address.line1,
    line2: address.line2,
    city: address.city,
    state: address.region,
    zip: address.postalCode.replace(/[^A-Za-z0-9]/g, ''),
  };
}

function isSameAddress(one: AddressSnapshot, other: AddressSnapshot): boolean {
  return spelling(one) === spelling(other);
}

/** An address without what two people may write differently. */
function spelling(address: AddressSnapshot): string {
  const parts = [address.line1, address.line2 ?? '', address.city, address.region, address.postalCode, address.country];
  return parts.map((part) => part.toUpperCase().replace(/[^A-Z0-9]/g, '')).join('|');
}
