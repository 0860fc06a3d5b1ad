import type { DebtSnapshot, PartySnapshot } from '@concord/plugin-sdk';
import { debtOf, person, spouse, type Altered } from './debts.js';

/** Invented debts in Canada, and settings with invented codes of a bureau. */

export const CANADIAN_SETTINGS = {
  country: 'CA',
  canada: { currencyTypeCode: 'CAD', dispute: { code: 'XX', removal: 'XY' }, settledComment: 'ZZ' },
};

const ADDRESS = {
  line1: '1 Water St',
  line2: null,
  city: "St. John's",
  region: 'NL',
  postalCode: 'A1C 1A1',
  country: 'CA',
};

const canadian = (party: PartySnapshot, number: string): PartySnapshot => ({
  ...party,
  address: ADDRESS,
  identifiers: { sin: { identifier: `sin-${number}` }, 'date-of-birth': { identifier: `dob-${number}` } },
});

export const DEBTOR = canadian(person(), '1');
export const SPOUSE = canadian(spouse, '2');

export function canadianDebt(altered: Altered = {}): DebtSnapshot {
  const debt = debtOf({ parties: [DEBTOR], ...altered });
  return { ...debt, jurisdiction: { id: 'ca-nl', country: 'CA', currency: 'CAD' } };
}
