import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { filler, number9, recordType, text } from './fields.js';

/** CMIS, a free pair of title and data that goes with an account. */
export const CMIS: RecordLayout = {
  name: 'miscellaneous',
  length: 3000,
  recognise: { start: 1, value: 'CMIS' },
  fields: [
    recordType('CMIS'),
    number9('file_number', 5, true),
    text('account', 14, 30),
    text('title', 44, 30, true),
    text('data', 74, 100, true),
    filler(174, 2827),
  ],
};
