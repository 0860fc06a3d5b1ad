import type { SegmentLayout } from '@concord/plugin-sdk/codec';
import { SPECIALIZED_PAYMENTS } from '../codes/segment-indicators.js';

/** A balloon or deferred payment. */
export const K4: SegmentLayout = {
  identifier: 'K4',
  length: 30,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'K4' },
    {
      name: 'Specialized Payment Indicator',
      start: 3,
      length: 2,
      type: 'digits',
      codes: SPECIALIZED_PAYMENTS,
      required: true,
    },
    { name: 'Deferred Payment Start Date', start: 5, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Balloon Payment Due Date', start: 13, length: 8, type: 'date', pattern: 'MMDDCCYY' },
    { name: 'Balloon Payment Amount', start: 21, length: 9, type: 'money', decimals: 0 },
    { name: 'Reserved', start: 30, length: 1, type: 'filler' },
  ],
};
