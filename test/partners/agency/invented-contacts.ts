import type { NewAddress } from './new-address.ts';
import { hash } from './whim.ts';

const STREETS = ['ELM STREET', 'OAK AVENUE', 'CEDAR LANE', 'RIVER ROAD', 'MILL STREET', 'PARK PLACE'];
const CITIES = [
  { city: 'BERKELEY', state: 'CA', zip: '94704' },
  { city: 'LAS CRUCES', state: 'NM', zip: '88001' },
  { city: 'CHICAGO', state: 'IL', zip: '60602' },
  { city: 'PORTLAND', state: 'OR', zip: '97204' },
];

/** An invented address, the same for the same account and date. */
export function inventedAddress(fileNumber: string, on: string): NewAddress {
  const number = hash(`address ${fileNumber} ${on}`);
  const place = CITIES[number % CITIES.length] ?? { city: 'BERKELEY', state: 'CA', zip: '94704' };
  return { street1: `${1 + (number % 997)} ${STREETS[number % STREETS.length] ?? 'ELM STREET'}`, ...place };
}

/** An invented telephone number, out of the range that is kept for fiction. */
export function inventedPhone(fileNumber: string, on: string): string {
  const number = hash(`phone ${fileNumber} ${on}`);
  return `${200 + (number % 700)}55501${String(number % 100).padStart(2, '0')}`;
}
