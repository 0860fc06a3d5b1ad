import type { OfficeProfile } from '../office-profile.js';
import { NEW_MEXICAN_SURNAMES, NORTH_AMERICAN_FIRST_NAMES } from './names.js';
import { UNITED_STATES_STOPS } from './united-states-stops.js';

const utilities = { name: 'Las Cruces Utilities', classification: '04' };

/** Utility accounts, most of them closed with a last bill unpaid. */
export const LAS_CRUCES: OfficeProfile = {
  id: 'us-nm-las-cruces',
  country: 'US',
  currency: 'USD',
  debts: [
    {
      type: 'utility',
      weight: 60,
      reference: '10-######-01',
      aroseFromContract: true,
      creditor: utilities,
      amounts: { from: 2_200, to: 95_000 },
      dueDays: 21,
      lateFeeMinor: 750,
      yearlyInterestBasisPoints: 0,
      businessShare: 0.08,
    },
    {
      type: 'water',
      weight: 25,
      reference: '20-######-01',
      aroseFromContract: true,
      creditor: utilities,
      amounts: { from: 1_800, to: 60_000 },
      dueDays: 21,
      lateFeeMinor: 500,
      yearlyInterestBasisPoints: 0,
      businessShare: 0.1,
    },
    {
      type: 'refuse',
      weight: 15,
      reference: 'SW-######',
      aroseFromContract: true,
      creditor: { name: 'City of Las Cruces Refuse', classification: '04' },
      amounts: { from: 1_500, to: 40_000 },
      dueDays: 30,
      lateFeeMinor: 0,
      yearlyInterestBasisPoints: 0,
      businessShare: 0.2,
    },
  ],
  places: [{ city: 'Las Cruces', region: 'NM', postalCodes: ['88001', '88005', '88007', '88011', '88012'] }],
  streets: [
    'Camino Del Zorzal',
    'Ocotillo Bend',
    'Calle Tinaja',
    'Roadrunner Gap',
    'Saltbush Dr',
    'Arroyo Quieto',
    'Yucca Lantern Rd',
    'Adobe Kiln St',
    'Creosote Ct',
    'Paloma Vieja',
    'Windmill Draw',
    'Mesa Umbria',
  ],
  surnames: NEW_MEXICAN_SURNAMES,
  firstNames: NORTH_AMERICAN_FIRST_NAMES,
  companySuffixes: ['LLC', 'Inc', 'Co'],
  tradingAs: 'dba',
  telephones: ['57555501##'],
  identifier: { kind: 'ssn', firstArea: 933 },
  stops: UNITED_STATES_STOPS,
};
