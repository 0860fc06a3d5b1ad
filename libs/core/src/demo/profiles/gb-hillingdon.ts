import type { OfficeProfile } from '../office-profile.js';
import { LONDON_FIRST_NAMES, LONDON_SURNAMES } from './names.js';

const council = { name: 'LB Hillingdon', classification: '04' };

/** Sundry debts and adult care charges. No national identifier is carried: the council's invoices hold none. */
export const HILLINGDON: OfficeProfile = {
  id: 'gb-hillingdon',
  country: 'GB',
  currency: 'GBP',
  debts: [
    {
      type: 'sundry',
      weight: 60,
      prefix: 'SD',
      aroseFromContract: true,
      creditor: council,
      amounts: { from: 2_500, to: 480_000 },
      dueDays: 28,
      lateFeeMinor: 0,
      yearlyInterestBasisPoints: 0,
      businessShare: 0.4,
    },
    {
      type: 'adult-care',
      weight: 40,
      prefix: 'AC',
      aroseFromContract: null,
      creditor: council,
      amounts: { from: 9_000, to: 1_900_000 },
      dueDays: 28,
      lateFeeMinor: 0,
      yearlyInterestBasisPoints: 0,
      businessShare: 0,
    },
  ],
  places: [
    { city: 'Uxbridge', region: '', postalCodes: ['UB8 #@@', 'UB10 #@@'] },
    { city: 'Hayes', region: '', postalCodes: ['UB3 #@@', 'UB4 #@@'] },
    { city: 'West Drayton', region: '', postalCodes: ['UB7 #@@'] },
    { city: 'Ruislip', region: '', postalCodes: ['HA4 #@@'] },
    { city: 'Northwood', region: '', postalCodes: ['HA6 #@@'] },
  ],
  streets: [
    'Teasel Mews',
    'Lockkeeper Close',
    'Ploughshare Road',
    'Bargehorse Lane',
    'Kestrel Rise',
    'Old Brickfield Way',
    'Hobbin Gardens',
    'Rookwood Parade',
    'Sluice Walk',
    'Tithe Orchard',
  ],
  surnames: LONDON_SURNAMES,
  firstNames: LONDON_FIRST_NAMES,
  companySuffixes: ['Ltd', 'Limited', 'LLP'],
  telephones: ['02079460###'],
  identifier: null,
  stops: [
    { weight: 3, kind: 'dispute', protects: 'debt', details: { channel: 'e-mail' }, longestDays: 60, lastsDays: null },
    // Breathing space lasts at most 60 days, the first of them the day after it is entered in the register.
    {
      weight: 3,
      kind: 'moratorium',
      protects: 'person',
      details: { scheme: 'breathing-space' },
      longestDays: 55,
      lastsDays: 60,
    },
    {
      weight: 2,
      kind: 'insolvency',
      protects: 'person',
      details: { procedure: 'bankruptcy' },
      longestDays: 300,
      lastsDays: null,
    },
    { weight: 3, kind: 'deceased', protects: 'person', details: {}, longestDays: 500, lastsDays: null },
    { weight: 3, kind: 'vulnerability', protects: 'person', details: {}, longestDays: 700, lastsDays: null },
  ],
};
