import type { SegmentLayout } from '@concord/plugin-sdk/codec';
import { ADDRESS_INDICATORS, RESIDENCE_CODES } from '../codes/address.js';
import { CONSUMER_INFORMATION } from '../codes/consumer-information.js';
import { ECOA_CODES } from '../codes/ecoa.js';
import { GENERATION_CODES } from '../codes/generation.js';

/** Another consumer on the account, at an address of their own. */
export const J2: SegmentLayout = {
  identifier: 'J2',
  length: 200,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'J2' },
    { name: 'Reserved 1', start: 3, length: 1, type: 'filler' },
    { name: 'Surname', start: 4, length: 25, type: 'text', truncate: true, required: true },
    { name: 'First Name', start: 29, length: 20, type: 'text', truncate: true },
    { name: 'Middle Name', start: 49, length: 20, type: 'text', truncate: true },
    { name: 'Generation Code', start: 69, length: 1, type: 'text', codes: GENERATION_CODES },
    { name: 'Social Security Number', start: 70, length: 9, type: 'digits', zeroIsBlank: true, sensitive: true },
    { name: 'Date Birth', start: 79, length: 8, type: 'date', pattern: 'MMDDCCYY', sensitive: true },
    { name: 'Telephone Number', start: 87, length: 10, type: 'digits', zeroIsBlank: true },
    { name: 'ECOA Code', start: 97, length: 1, type: 'text', codes: ECOA_CODES, required: true },
    { name: 'Consumer Information Indicator', start: 98, length: 2, type: 'text', codes: CONSUMER_INFORMATION },
    { name: 'Country Code', start: 100, length: 2, type: 'text' },
    { name: 'First Line Address', start: 102, length: 32, type: 'text', truncate: true, required: true },
    { name: 'Second Line Address', start: 134, length: 32, type: 'text', truncate: true },
    { name: 'City', start: 166, length: 20, type: 'text', truncate: true, required: true },
    { name: 'State', start: 186, length: 2, type: 'text', required: true },
    { name: 'Zip Code', start: 188, length: 9, type: 'text', required: true },
    { name: 'Address Indicator', start: 197, length: 1, type: 'text', codes: ADDRESS_INDICATORS },
    { name: 'Residence Code', start: 198, length: 1, type: 'text', codes: RESIDENCE_CODES },
    { name: 'Reserved 2', start: 199, length: 2, type: 'filler' },
  ],
};
