import type { RecordLayout, TotalRule } from '@concord/plugin-sdk/codec';
import { REMOVE_PURCHASE } from '../codes/segment-indicators.js';

/** The parts of an account that describe a consumer. */
const ALL = ['base', 'j1', 'j2'] as const;
type ConsumerPart = (typeof ALL)[number];

const placesIn = (parts: readonly ConsumerPart[], key: string): string[] => parts.map((part) => `${part}.${key}`);

const status = (code: string): TotalRule => ({ count: 'equal', places: ['base.accountStatus'], value: code });

const segments = (identifier: string): TotalRule => ({ count: 'segments', segments: [identifier] });

/** A K2 that takes an earlier one off tells of no purchase and is not counted, as the open checker counts. */
const PURCHASES: TotalRule = { count: 'filled', places: ['k2.purchasedIndicator'], ignore: [REMOVE_PURCHASE] };

const DELETED_CONSUMERS: TotalRule = { count: 'equal', places: placesIn(ALL, 'ecoaCode'), value: 'Z' };

/** A number of zeros or all nines stands for an unknown one and is not counted. */
const socialNumbers = (...parts: ConsumerPart[]): TotalRule => ({
  count: 'filled',
  places: placesIn(parts, 'socialSecurityNumber'),
  ignore: ['999999999'],
});

const birthDates = (...parts: ConsumerPart[]): TotalRule => ({ count: 'filled', places: placesIn(parts, 'dateBirth') });

const telephones = (...parts: ConsumerPart[]): TotalRule => ({
  count: 'filled',
  places: placesIn(parts, 'telephoneNumber'),
});

/** What the file holds, counted. Block Count includes header and trailer. */
export const TRAILER: RecordLayout = {
  name: 'trailer',
  length: 426,
  recognise: { start: 5, value: 'TRAILER' },
  fields: [
    { name: 'Record Descriptor Word', start: 1, length: 4, type: 'record-length' },
    { name: 'Record Identifier', start: 5, length: 7, type: 'constant', value: 'TRAILER' },
    { name: 'Total Base Records', start: 12, length: 9, type: 'number', total: { count: 'records' }, required: true },
    { name: 'Reserved 1', start: 21, length: 9, type: 'filler' },
    { name: 'Total Status Code DF', start: 30, length: 9, type: 'number', total: status('DF') },
    { name: 'Total Consumer Segments J1', start: 39, length: 9, type: 'number', total: segments('J1') },
    { name: 'Total Consumer Segments J2', start: 48, length: 9, type: 'number', total: segments('J2') },
    { name: 'Block Count', start: 57, length: 9, type: 'number', total: { count: 'records', plus: 2 }, required: true },
    { name: 'Total Status Code DA', start: 66, length: 9, type: 'number', total: status('DA') },
    { name: 'Total Status Code 05', start: 75, length: 9, type: 'number', total: status('05') },
    { name: 'Total Status Code 11', start: 84, length: 9, type: 'number', total: status('11') },
    { name: 'Total Status Code 13', start: 93, length: 9, type: 'number', total: status('13') },
    { name: 'Total Status Code 61', start: 102, length: 9, type: 'number', total: status('61') },
    { name: 'Total Status Code 62', start: 111, length: 9, type: 'number', total: status('62') },
    { name: 'Total Status Code 63', start: 120, length: 9, type: 'number', total: status('63') },
    { name: 'Total Status Code 64', start: 129, length: 9, type: 'number', total: status('64') },
    { name: 'Total Status Code 65', start: 138, length: 9, type: 'number', total: status('65') },
    { name: 'Total Status Code 71', start: 147, length: 9, type: 'number', total: status('71') },
    { name: 'Total Status Code 78', start: 156, length: 9, type: 'number', total: status('78') },
    { name: 'Total Status Code 80', start: 165, length: 9, type: 'number', total: status('80') },
    { name: 'Total Status Code 82', start: 174, length: 9, type: 'number', total: status('82') },
    { name: 'Total Status Code 83', start: 183, length: 9, type: 'number', total: status('83') },
    { name: 'Total Status Code 84', start: 192, length: 9, type: 'number', total: status('84') },
    { name: 'Total Status Code 88', start: 201, length: 9, type: 'number', total: status('88') },
    { name: 'Total Status Code 89', start: 210, length: 9, type: 'number', total: status('89') },
    { name: 'Total Status Code 93', start: 219, length: 9, type: 'number', total: status('93') },
    { name: 'Total Status Code 94', start: 228, length: 9, type: 'number', total: status('94') },
    { name: 'Total Status Code 95', start: 237, length: 9, type: 'number', total: status('95') },
    { name: 'Total Status Code 96', start: 246, length: 9, type: 'number', total: status('96') },
    { name: 'Total Status Code 97', start: 255, length: 9, type: 'number', total: status('97') },
    { name: 'Total ECOA Code Z', start: 264, length: 9, type: 'number', total: DELETED_CONSUMERS },
    { name: 'Total Employment Segments', start: 273, length: 9, type: 'number', total: segments('N1') },
    { name: 'Total Original Creditor Segments', start: 282, length: 9, type: 'number', total: segments('K1') },
    { name: 'Total Purchased To Segments', start: 291, length: 9, type: 'number', total: PURCHASES },
    { name: 'Total Mortgage Information Segments', start: 300, length: 9, type: 'number', total: segments('K3') },
    { name: 'Total Payment Information Segments', start: 309, length: 9, type: 'number', total: segments('K4') },
    { name: 'Total Change Segments', start: 318, length: 9, type: 'number', total: segments('L1') },
    { name: 'Total Social Numbers All Segments', start: 327, length: 9, type: 'number', total: socialNumbers(...ALL) },
    { name: 'Total Social Numbers Base Segments', start: 336, length: 9, type: 'number', total: socialNumbers('base') },
    { name: 'Total Social Numbers J1 Segments', start: 345, length: 9, type: 'number', total: socialNumbers('j1') },
    { name: 'Total Social Numbers J2 Segments', start: 354, length: 9, type: 'number', total: socialNumbers('j2') },
    { name: 'Total Dates Birth All Segments', start: 363, length: 9, type: 'number', total: birthDates(...ALL) },
    { name: 'Total Dates Birth Base Segments', start: 372, length: 9, type: 'number', total: birthDates('base') },
    { name: 'Total Dates Birth J1 Segments', start: 381, length: 9, type: 'number', total: birthDates('j1') },
    { name: 'Total Dates Birth J2 Segments', start: 390, length: 9, type: 'number', total: birthDates('j2') },
    { name: 'Total Telephone Numbers All Segments', start: 399, length: 9, type: 'number', total: telephones(...ALL) },
    { name: 'Reserved 2', start: 408, length: 19, type: 'filler' },
  ],
};
