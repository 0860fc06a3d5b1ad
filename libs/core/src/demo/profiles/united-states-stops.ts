import type { StopProfile } from '../office-profile.js';

/** Stops as they reach the offices in the United States, with bankruptcies by chapter. */
export const UNITED_STATES_STOPS: readonly StopProfile[] = [
  { weight: 4, kind: 'dispute', protects: 'debt', details: { channel: 'letter' }, longestDays: 60, lastsDays: null },
  { weight: 2, kind: 'insolvency', protects: 'person', details: { chapter: '7' }, longestDays: 120, lastsDays: null },
  { weight: 2, kind: 'insolvency', protects: 'person', details: { chapter: '13' }, longestDays: 900, lastsDays: null },
  { weight: 2, kind: 'deceased', protects: 'person', details: {}, longestDays: 500, lastsDays: null },
  { weight: 1, kind: 'active-duty', protects: 'person', details: {}, longestDays: 300, lastsDays: null },
  { weight: 2, kind: 'hearing-pending', protects: 'debt', details: {}, longestDays: 45, lastsDays: null },
];
