import type { SegmentLayout } from '@concord/plugin-sdk/codec';
import { PURCHASED_INDICATORS } from '../codes/segment-indicators.js';

/** Whom the account was bought from or sold to. */
export const K2: SegmentLayout = {
  identifier: 'K2',
  length: 34,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'K2' },
    { name: 'Purchased Indicator', start: 3, length: 1, type: 'digits', codes: PURCHASED_INDICATORS, required: true },
    { name: 'Purchased Name', start: 4, length: 30, type: 'text', truncate: true, required: true },
    { name: 'Reserved', start: 34, length: 1, type: 'filler' },
  ],
};
