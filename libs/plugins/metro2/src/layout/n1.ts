import type { SegmentLayout } from '@concord/plugin-sdk/codec';

/** The primary consumer's employer. */
export const N1: SegmentLayout = {
  identifier: 'N1',
  length: 146,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'N1' },
    { name: 'Employer Name', start: 3, length: 30, type: 'text', truncate: true, required: true },
    { name: 'First Line Employer Address', start: 33, length: 32, type: 'text', truncate: true },
    { name: 'Second Line Employer Address', start: 65, length: 32, type: 'text', truncate: true },
    { name: 'Employer City', start: 97, length: 20, type: 'text', truncate: true },
    { name: 'Employer State', start: 117, length: 2, type: 'text' },
    { name: 'Zip Code', start: 119, length: 9, type: 'text' },
    { name: 'Occupation', start: 128, length: 18, type: 'text', truncate: true },
    { name: 'Reserved', start: 146, length: 1, type: 'filler' },
  ],
};
