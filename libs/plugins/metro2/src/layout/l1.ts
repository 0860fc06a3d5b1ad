import type { SegmentLayout } from '@concord/plugin-sdk/codec';
import { CHANGE_INDICATORS } from '../codes/segment-indicators.js';

/** A new account number or identification number for an account already reported. */
export const L1: SegmentLayout = {
  identifier: 'L1',
  length: 54,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'L1' },
    { name: 'Change Indicator', start: 3, length: 1, type: 'digits', codes: CHANGE_INDICATORS, required: true },
    { name: 'New Consumer Account Number', start: 4, length: 30, type: 'text' },
    { name: 'New Identification Number', start: 34, length: 20, type: 'text' },
    { name: 'Reserved', start: 54, length: 1, type: 'filler' },
  ],
};
