import type { SegmentLayout } from '@concord/plugin-sdk/codec';
import { CREDITOR_CLASSES } from '../codes/creditor-classification.js';

/** Whom the debt was first owed to. Collectors add it to every account. */
export const K1: SegmentLayout = {
  identifier: 'K1',
  length: 34,
  most: 1,
  fields: [
    { name: 'Segment Identifier', start: 1, length: 2, type: 'constant', value: 'K1' },
    { name: 'Original Creditor Name', start: 3, length: 30, type: 'text', truncate: true, required: true },
    { name: 'Creditor Classification', start: 33, length: 2, type: 'digits', codes: CREDITOR_CLASSES, required: true },
  ],
};
