import type { SegmentLayout } from '@concord/plugin-sdk/codec';

/** Secondary-market identifiers of a mortgage. */
export const K3: SegmentLayout = {
  identifier: 'K3',
  length: 40,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'K3' },
    { name: 'Agency Identifier', start: 3, length: 2, type: 'digits', zeroIsBlank: true },
    { name: 'Account Number', start: 5, length: 18, type: 'text' },
    { name: 'Mortgage Identification Number', start: 23, length: 18, type: 'text' },
  ],
};
