import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { filler, number9, recordType, text } from './fields.js';

/** CUPP, a telephone number of a placed debtor. */
export const CUPP: RecordLayout = {
  name: 'phone',
  length: 3000,
  recognise: { start: 1, value: 'CUPP' },
  fields: [
    recordType('CUPP'),
    number9('debtor_number', 5, true),
    number9('file_number', 14, true),
    text('relationship', 23, 50),
    text('phone type', 73, 1, true),
    text('phone status', 74, 1, true),
    { ...text('on hold', 75, 1, true), codes: ['0', '1'] },
    text('number', 76, 30, true),
    text('extension', 106, 10),
    text('name', 116, 30),
    text('source', 146, 30),
    filler(176, 2825),
  ],
};
